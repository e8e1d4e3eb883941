package vellum.core.casefile;

import java.util.Optional;
import java.util.regex.Pattern;
import vellum.core.crypto.DocumentCipher;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;

/** What is kept with cases under names. Thread-safe as the store is: one thread changes. */
final class Attachments {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  private final Store control;

  Attachments(Store control) {
    this.control = control;
  }

  void put(CaseId id, String name, byte[] bytes, DocumentCipher cipher) {
    StoreBatch batch = control.batch();
    batch.put(
        CaseRows.ATTACHMENTS,
        CaseRows.key(id, checked(name)),
        CaseRows.writeAttachment(id, name, bytes, cipher));
    control.write(batch);
  }

  Optional<byte[]> get(CaseId id, String name, DocumentCipher cipher) {
    byte[] row = control.get(CaseRows.ATTACHMENTS, CaseRows.key(id, checked(name)));
    return row == null
        ? Optional.empty()
        : Optional.of(CaseRows.readAttachment(id, name, row, cipher));
  }

  void remove(CaseId id, String name) {
    StoreBatch batch = control.batch();
    batch.delete(CaseRows.ATTACHMENTS, CaseRows.key(id, checked(name)));
    control.write(batch);
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("an attachment's name must match " + NAME);
    }
    return name;
  }
}
