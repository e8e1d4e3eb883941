package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How one provider's keys are made, read and ended. Each key has a file of the provider's kind: it
 * holds the key, or says how to get at it. Thread-safe.
 */
interface KekForm extends AutoCloseable {

  /** In the head of its files. */
  String kind();

  /** The key of a file that is there. */
  KeyEncryption read(Path file) throws IOException;

  /**
   * Makes a key and then the file by which it is found: when the file is there, both are durable.
   * What is cut short leaves at most a file {@link #making}.
   */
  void make(Path file) throws IOException;

  /**
   * Ends the key of a file that is there, where it lies elsewhere than in the file. The file itself
   * is shredded by the caller.
   */
  void end(Path file) throws IOException;

  /**
   * Makes the file of a key anew, under another secret, whole or not at all; the next ones are made
   * under it too.
   *
   * @throws CryptoException.WrongSecret when this provider has none, or it is not fit
   */
  void change(Path file, KekSecret secret) throws IOException;

  @Override
  default void close() {}

  /** A file that stands for a key in the making. */
  static Path making(Path file) {
    return file.resolveSibling(file.getFileName() + ".making");
  }
}
