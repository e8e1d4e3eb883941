package vellum.core.registry;

import org.jspecify.annotations.Nullable;

/** The registry refused or could not be read. The message names place and bound, never a number. */
public sealed class RegistryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RegistryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether trying again later may help: it does not, for any of these. */
  public final boolean recoverable() {
    return false;
  }

  /** What was to be registered is not as it must be; nothing was changed. */
  public static final class Invalid extends RegistryException {
    private static final long serialVersionUID = 1L;

    Invalid(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** A row or a file was written by a newer version than this one. */
  public static final class WrongFormat extends RegistryException {
    private static final long serialVersionUID = 1L;

    WrongFormat(String message) {
      super(message, null);
    }
  }

  /** A stored row is not what was written. */
  public static final class Corrupt extends RegistryException {
    private static final long serialVersionUID = 1L;

    Corrupt(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
