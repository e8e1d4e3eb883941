package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.terminal.Screen;

/** The key that the audit trail is verified with. */
@Command(
    name = "key",
    description = {
      "Prints the public key that signs the audit trail's checkpoints.",
      "Keep it apart from the server: 'vellum audit verify --key' believes it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = "  vellum audit key > trail.key",
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class AuditKeyCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();

  AuditKeyCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    JsonNode newest = server.calls(screen).get("/v1/audit/checkpoint");
    screen.out().println(newest.path("key").asText());
    return ExitCode.OK;
  }
}
