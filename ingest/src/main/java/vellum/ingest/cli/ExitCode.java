package vellum.ingest.cli;

/** What a command's exit status says, and the lines of help that document it. */
final class ExitCode {

  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int PARTIAL = 3;
  static final int REFUSED = 4;
  static final int UNVERIFIED = 5;
  static final int UNREACHABLE = 6;

  static final String HEADING = "%nExit codes:%n";
  static final String EXAMPLES = "%nExamples:%n";

  static final String OK_LINE = "0:done";
  static final String FAILED_LINE = "1:failed; the message says why";
  static final String USAGE_LINE = "2:the command line or its input is wrong";
  static final String PARTIAL_LINE = "3:done in part: some rows were not taken";
  static final String REFUSED_LINE = "4:refused by the server or by permissions";
  static final String UNVERIFIED_LINE = "5:a check found what it should not";
  static final String UNREACHABLE_LINE = "6:no server answers";

  private ExitCode() {}
}
