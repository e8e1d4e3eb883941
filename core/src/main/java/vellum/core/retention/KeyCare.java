package vellum.core.retention;

import java.util.List;

/** Port: what is done about the key-encryption key once a period's key is gone. Thread-safe. */
public interface KeyCare {

  /** {@code HARDWARE} or {@code LOGICAL}: what the destruction of a key is worth. */
  String erasure();

  /**
   * Wraps all keys that live by a new key-encryption key and destroys the old one. Repeated after a
   * failure or a crash, it goes on where it was.
   */
  void rotate();

  /**
   * Rewrites the registered backups of the keys.
   *
   * @return one line a backup: its name, and {@code rewritten} or why it could not be
   */
  List<String> rewriteBackups();
}
