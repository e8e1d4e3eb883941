package vellum.core.policy;

import org.jspecify.annotations.Nullable;

/**
 * A policy was refused or could not be read. The message names line, field and bound and says what
 * to do; it never holds a number or an address.
 */
public sealed class PolicyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PolicyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether trying again later may help: it does not, for any of these. */
  public final boolean recoverable() {
    return false;
  }

  /** A line of the file is not as it must be. */
  public static sealed class Invalid extends PolicyException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final String field;

    Invalid(int line, String field, String message) {
      super("line " + line + ": " + (field.isEmpty() ? "" : field + ": ") + message, null);
      this.line = line;
      this.field = field;
    }

    /** Line of the file, from 1. */
    public int line() {
      return line;
    }

    /** The field, as {@code classes[1].identities.anchor}; empty for the file as a whole. */
    public String field() {
      return field;
    }
  }

  /** Two classes choose the same record and neither is more specific. */
  public static final class Ambiguous extends Invalid {
    private static final long serialVersionUID = 1L;

    Ambiguous(int line, String field, String message) {
      super(line, field, "AMBIGUOUS: " + message);
    }
  }

  /** A period is counted from something that a record does not tell. */
  public static final class NotComputable extends Invalid {
    private static final long serialVersionUID = 1L;

    NotComputable(int line, String field, String message) {
      super(line, field, message);
    }
  }

  /** The file or a row was written for a newer version than this one. */
  public static final class WrongFormat extends PolicyException {
    private static final long serialVersionUID = 1L;

    WrongFormat(String message) {
      super(message, null);
    }
  }

  /** A stored version is not what was accepted. */
  public static final class Corrupt extends PolicyException {
    private static final long serialVersionUID = 1L;

    Corrupt(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** A class that has data would get another zone, so that its records would change months. */
  public static final class ZoneChanged extends PolicyException {
    private static final long serialVersionUID = 1L;

    ZoneChanged(String message) {
      super(message, null);
    }
  }

  /** A class that has data would no longer be there. */
  public static final class ClassInUse extends PolicyException {
    private static final long serialVersionUID = 1L;

    ClassInUse(String message) {
      super(message, null);
    }
  }

  /** Records that may be there already would belong to another class. */
  public static final class SelectionChanged extends PolicyException {
    private static final long serialVersionUID = 1L;

    SelectionChanged(String message) {
      super(message, null);
    }
  }

  /** Another version was accepted since the one that the change was made for. */
  public static final class Outdated extends PolicyException {
    private static final long serialVersionUID = 1L;

    Outdated(String message) {
      super(message, null);
    }
  }
}
