package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The form of new keys, and those of which keys can be read: an installation that changed its
 * provider, or whose keys were put back from a backup, has a file of another kind until the
 * rotation at its next start. Thread-safe.
 */
final class KekForms implements AutoCloseable {

  private final KekForm own;
  private final List<KekForm> all;

  /**
   * @param own in which keys are made
   * @param others of which keys are read
   */
  KekForms(KekForm own, KekForm... others) {
    this.own = own;
    this.all = Stream.concat(Stream.of(own), Stream.of(others)).toList();
  }

  /** Whether a file is of the form of new keys. */
  boolean isOwn(Path file) throws IOException {
    return KeyText.kind(file).equals(own.kind());
  }

  void make(Path file) throws IOException {
    own.make(file);
  }

  KeyEncryption read(Path file) throws IOException {
    return of(file).read(file);
  }

  void change(Path file, KekSecret secret) throws IOException {
    own.change(file, secret);
  }

  /** Ends the key of a file, wherever it lies; the file, which may be absent, is the caller's. */
  void end(Path file) throws IOException {
    // One that was overwritten already, before a crash, says nothing of any key.
    if (Files.isRegularFile(file) && !KeyText.kind(file).isEmpty()) {
      of(file).end(file);
    }
  }

  @Override
  public void close() {
    all.forEach(KekForm::close);
  }

  private KekForm of(Path file) throws IOException {
    String kind = KeyText.kind(file);
    for (KekForm form : all) {
      if (form.kind().equals(kind)) {
        return form;
      }
    }
    if (kind.equals(PassphraseForm.KIND) || kind.equals(TokenForm.KIND)) {
      throw new CryptoException.KeyUnreadable(
          file
              + " is of the kind "
              + kind
              + ", which the configured provider does not read: see keys.provider");
    }
    return own;
  }
}
