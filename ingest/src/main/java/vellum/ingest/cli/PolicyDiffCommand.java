package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vellum.ingest.terminal.Screen;

/** What another policy would change. */
@Command(
    name = "diff",
    description = {
      "Shows what another policy would do to what is there, by class: months and records that would"
          + " go earlier, later, or at once. Changes nothing."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum retention diff retention.yaml",
      "  vellum retention diff retention.yaml --output json"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PolicyDiffCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "FILE", description = "The other policy, YAML; - is standard input.")
  Path file = Path.of("-");

  PolicyDiffCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    byte[] yaml = AccountCommand.read(screen, file);
    JsonNode difference = server.calls(screen).post("/v1/retention/diff", "application/yaml", yaml);
    new DifferenceRows(screen, output.format).print(difference);
    return ExitCode.OK;
  }
}
