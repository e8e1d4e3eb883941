package vellum.core.retention;

import java.io.UncheckedIOException;
import vellum.core.audit.AuditException;
import vellum.core.crypto.CryptoException;
import vellum.core.journal.JournalException;
import vellum.core.store.StoreException;

/** Whether what failed may go better by itself. Stateless. */
public final class Recoverable {

  private Recoverable() {}

  public static boolean is(RuntimeException failure) {
    if (failure instanceof StripException strip) {
      return strip.recoverable();
    }
    if (failure instanceof StoreException store) {
      return store.recoverable();
    }
    if (failure instanceof CryptoException crypto) {
      return crypto.recoverable();
    }
    if (failure instanceof AuditException audit) {
      return audit.recoverable();
    }
    if (failure instanceof JournalException journal) {
      return journal.recoverable();
    }
    return failure instanceof UncheckedIOException;
  }
}
