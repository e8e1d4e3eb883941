package vellum.core.store;

import org.jspecify.annotations.Nullable;

/** A store failed. The message names the directory and the condition, never a key or a value. */
public sealed class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean recoverable;

  StoreException(String message, boolean recoverable, @Nullable Throwable cause) {
    super(message, cause);
    this.recoverable = recoverable;
  }

  StoreException(String message, boolean recoverable) {
    super(message);
    this.recoverable = recoverable;
  }

  /** Whether trying again later may help (a full disk), as opposed to a restart or a restore. */
  public final boolean recoverable() {
    return recoverable;
  }

  /** The store was closed before the call. */
  public static final class Closed extends StoreException {
    private static final long serialVersionUID = 1L;

    Closed(String message) {
      super(message, false);
    }
  }

  /** A file's bytes are not what was written. */
  public static final class Corrupt extends StoreException {
    private static final long serialVersionUID = 1L;

    Corrupt(String message, @Nullable Throwable cause) {
      super(message, false, cause);
    }
  }

  /** A key of a bulk load does not follow the one before it. */
  public static final class OutOfOrder extends StoreException {
    private static final long serialVersionUID = 1L;

    OutOfOrder(String message) {
      super(message, false);
    }
  }

  /** The disk is full or refused; nothing of the batch was applied. */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message, Throwable cause) {
      super(message, true, cause);
    }
  }

  /** Written by a newer version than this one, or not a store. */
  public static final class WrongFormat extends StoreException {
    private static final long serialVersionUID = 1L;

    WrongFormat(String message) {
      super(message, false);
    }
  }
}
