package vellum.core.crypto;

import java.util.Optional;

/** A key-encryption key: wraps months' secrets, so that they may lie on a disk. Thread-safe. */
public interface KeyEncryption {

  /** What the destruction of a key under this key-encryption key is worth. */
  enum Erasure {
    /** The wrapping key cannot leave a device that destroys it. */
    HARDWARE,
    /** Files are overwritten and deleted; flash, snapshots and backups may keep remnants. */
    LOGICAL;

    /** What is left of both: a key that was once wrapped by less is worth less for ever. */
    public Erasure and(Erasure other) {
      return this == HARDWARE ? other : this;
    }
  }

  /** Public name of the key, found in every file it wrapped. */
  String id();

  /** Wraps a secret whose length is a multiple of 8 bytes, at least 16 (RFC 3394). */
  byte[] wrap(byte[] secret);

  /** The secret, or empty when this key did not wrap it or it was altered. */
  Optional<byte[]> unwrap(byte[] wrapped);

  Erasure erasure();
}
