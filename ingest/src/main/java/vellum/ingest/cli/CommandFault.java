package vellum.ingest.cli;

/** A command ends here: an exit code, and one line for people that says what to do next. */
final class CommandFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFault(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
