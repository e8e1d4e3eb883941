package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import vellum.core.disk.Disk;

/** Keys of the provider {@code file}: in their files, as they are. Thread-safe. */
record FileForm(Disk disk, SecureRandom random) implements KekForm {

  @Override
  public String kind() {
    return FileKeyEncryption.KIND;
  }

  @Override
  public KeyEncryption read(Path file) throws IOException {
    return FileKeyEncryption.read(file, disk);
  }

  @Override
  public void make(Path file) throws IOException {
    FileKeyEncryption.create(file, disk, random);
  }

  @Override
  public void end(Path file) {
    // The key is in the file and nowhere else.
  }

  @Override
  public void change(Path file, KekSecret secret) {
    throw new CryptoException.WrongSecret("a key of the provider file is under no secret");
  }
}
