package vellum.ingest.export;

/** An export cannot be made or is not what its manifest says. Messages name files. */
public final class ExportFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of fault it is, which decides the command's exit code. */
  public enum Kind {
    /** The directory or the options are not fit. */
    USAGE,
    /** The server has other rows now than those that are there. */
    CHANGED,
    /** Files are not what the manifest says. */
    UNVERIFIED,
    /** The disk refused. */
    DISK
  }

  private final Kind kind;

  ExportFault(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
