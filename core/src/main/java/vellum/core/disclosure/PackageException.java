package vellum.core.disclosure;

/**
 * A package cannot be made, or is not what it must be. Messages name files, never what is inside.
 */
public sealed class PackageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  PackageException(String code, String message) {
    super(message);
    this.code = code;
  }

  PackageException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What programs read: {@code NO_ROOM}. */
  public final String code() {
    return code;
  }

  /** Whether trying again later may help. */
  public boolean recoverable() {
    return false;
  }

  /** The disk has no room for the next files. What was finished is kept. */
  public static final class NoRoom extends PackageException {
    private static final long serialVersionUID = 1L;

    private final long neededBytes;

    NoRoom(long neededBytes, long usableBytes) {
      super(
          "NO_ROOM",
          "the package needs "
              + neededBytes
              + " bytes of the disk to go on, and there are "
              + usableBytes);
      this.neededBytes = neededBytes;
    }

    /** Bytes that must be free before it is tried again, at least. */
    public long neededBytes() {
      return neededBytes;
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** The disk failed. What was finished is kept. */
  public static final class DiskFailed extends PackageException {
    private static final long serialVersionUID = 1L;

    DiskFailed(Throwable cause) {
      super("DISK_FAILED", "a file of the package could not be written or read", cause);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** The time stamping authority does not answer. What was finished is kept. */
  public static final class NoStamp extends PackageException {
    private static final long serialVersionUID = 1L;

    NoStamp(Throwable cause) {
      super("NO_TIME_STAMP", "the time stamping authority does not answer", cause);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** The directory is not one in which this package can be made or gone on with. */
  public static final class BadDirectory extends PackageException {
    private static final long serialVersionUID = 1L;

    BadDirectory(String what) {
      super("BAD_DIRECTORY", what);
    }
  }

  /** What was to go on from is of another format. */
  public static final class BadState extends PackageException {
    private static final long serialVersionUID = 1L;

    BadState(String what) {
      super("BAD_STATE", "the state of the package cannot be read: " + what);
    }
  }

  /** The XML is not what the operator's schema asks for. */
  public static final class NotOfSchema extends PackageException {
    private static final long serialVersionUID = 1L;

    NotOfSchema(String what) {
      super("NOT_OF_SCHEMA", "the XML is not what the schema asks for: " + what);
    }
  }

  /** The directory holds no package, or one that was never finished. */
  public static final class Incomplete extends PackageException {
    private static final long serialVersionUID = 1L;

    Incomplete(String what) {
      super("INCOMPLETE", what);
    }
  }

  /** The package is not what was signed. */
  public static final class Broken extends PackageException {
    private static final long serialVersionUID = 1L;

    Broken(String what) {
      super("BROKEN", what);
    }
  }
}
