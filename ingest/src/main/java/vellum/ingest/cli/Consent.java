package vellum.ingest.cli;

import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** Whether an operator means it: without {@code --yes} nothing is changed. */
final class Consent {

  @Option(names = "--yes", description = "Do it; without it, only what would happen is shown.")
  boolean yes;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for the record: 1 to 200 characters. Needed with --yes.")
  String reason = "";

  /** True to go on; says that it was a dry run otherwise. */
  boolean given(Screen screen) {
    if (!yes) {
      screen.err().println("dry run, nothing was changed; to do it: --yes --reason TEXT");
      return false;
    }
    return true;
  }

  /** Before anything is asked of the server. */
  void check() {
    if (yes && reason.isBlank()) {
      throw new CommandFault(ExitCode.USAGE, "--yes needs --reason TEXT");
    }
  }

  String encodedReason() {
    return ServerCalls.encoded(reason);
  }
}
