package vellum.core.crypto;

import java.time.Instant;
import vellum.core.record.MonthId;

/**
 * A seal, a key or a key's file is not what it must be. Messages name months, files and key ids,
 * and never hold a value, a key or a part of one.
 */
public sealed class CryptoException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean recoverable;

  CryptoException(String message, boolean recoverable) {
    super(message);
    this.recoverable = recoverable;
  }

  CryptoException(String message, boolean recoverable, Throwable cause) {
    super(message, cause);
    this.recoverable = recoverable;
  }

  /** Whether the same call may succeed later, without anybody changing a file or a setting. */
  public final boolean recoverable() {
    return recoverable;
  }

  /** A sealed value was altered, or was sealed under another key, record, class or field. */
  public static final class SealBroken extends CryptoException {
    private static final long serialVersionUID = 1L;

    SealBroken() {
      super("the sealed value does not belong to this key, record, class and field", false);
    }
  }

  /** The month's key was destroyed: what was sealed under it can be read by nobody. */
  public static final class KeyDestroyed extends CryptoException {
    private static final long serialVersionUID = 1L;

    KeyDestroyed(MonthId month, Instant at) {
      super("the key of " + month + " was destroyed at " + at, false);
    }
  }

  /** A key's file is garbled, cut short, swapped, or not ours. */
  public static final class KeyUnreadable extends CryptoException {
    private static final long serialVersionUID = 1L;

    KeyUnreadable(String message) {
      super(message, false);
    }
  }

  /** A key's file was written by a newer version of this program. */
  public static final class KeyTooNew extends CryptoException {
    private static final long serialVersionUID = 1L;

    KeyTooNew(String message) {
      super(message, false);
    }
  }

  /** Others than the owner may read or write a key-encryption key's file. */
  public static final class KeyExposed extends CryptoException {
    private static final long serialVersionUID = 1L;

    KeyExposed(String message) {
      super(message, false);
    }
  }

  /** A month's key is wrapped by a key-encryption key that was not given. */
  public static final class KeyEncryptionMissing extends CryptoException {
    private static final long serialVersionUID = 1L;

    KeyEncryptionMissing(String message) {
      super(message, false);
    }
  }

  /** The disk refused a key's file. What was asked for did not happen, or not all of it. */
  public static final class KeyStorageFailed extends CryptoException {
    private static final long serialVersionUID = 1L;

    KeyStorageFailed(String message, Throwable cause) {
      super(message, true, cause);
    }
  }

  /** The key-encryption key needs a secret, and none was given. With one the same call succeeds. */
  public static final class Sealed extends CryptoException {
    private static final long serialVersionUID = 1L;

    Sealed(String message) {
      super(message, true);
    }
  }

  /** The passphrase or PIN is not the one that the key-encryption key opens with, or not fit. */
  public static sealed class WrongSecret extends CryptoException {
    private static final long serialVersionUID = 1L;

    WrongSecret(String message) {
      super(message, false);
    }
  }

  /** A new passphrase is too short. */
  public static final class UnfitSecret extends WrongSecret {
    private static final long serialVersionUID = 1L;

    UnfitSecret(String message) {
      super(message);
    }
  }

  /** A token of PKCS#11 refused, or is not to be reached. */
  public static final class TokenFailed extends CryptoException {
    private static final long serialVersionUID = 1L;

    TokenFailed(String message, Throwable cause) {
      super(message, true, cause);
    }
  }
}
