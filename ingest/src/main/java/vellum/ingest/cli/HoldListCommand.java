package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Screen;

/** The holds that the caller may know of. */
@Command(
    name = "list",
    description = {
      "Lists holds by when they were placed, without whom they are about.",
      "Released ones are listed with --all, as long as their cases are kept."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum hold list", "  vellum hold list --all --output csv"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class HoldListCommand implements Callable<Integer> {

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "state",
          "type",
          "reach",
          ">subjects",
          ">accounts",
          "from",
          "to",
          "reference",
          "expires_at",
          "secret",
          ">copied",
          "placed_at",
          "placed_by");

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--all", description = "Released ones too.")
  boolean all;

  HoldListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ServerCalls calls = server.calls(screen);
    PagedRows rows = PagedRows.flat(screen, output.format, COLUMNS);
    String first = HoldCommand.HOLDS + "?limit=1000&all=" + all;
    JsonNode answer = calls.get(first);
    rows.add(answer.path("holds"), Long.MAX_VALUE);
    while (answer.hasNonNull("next")) {
      answer = calls.get(first + "&cursor=" + answer.path("next").asText());
      rows.add(answer.path("holds"), Long.MAX_VALUE);
    }
    rows.end();
    screen.err().println(Figures.count(rows.rows(), "hold"));
    return ExitCode.OK;
  }
}
