package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** A row of suspense, whole. */
@Command(
    name = "show",
    description = "Shows a record in suspense, identities masked.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum suspense show 2026-10.default.AAaFYmU7tQsBoViCpdx_46iTgPE5VLkc.407.3",
      "  vellum suspense show ID --reveal --reason 'wrong prefix' --output json"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class SuspenseShowCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Mixin RevealOption reveal = new RevealOption();

  @Parameters(paramLabel = "ID", description = "As the list has it.")
  String id = "";

  SuspenseShowCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    reveal.check();
    String path = "/v1/suspense/rows/" + ServerCalls.encoded(id) + reveal.query();
    JsonNode row = server.calls(screen).get(path);
    new JsonRows(screen, output.format).document(row);
    return ExitCode.OK;
  }
}
