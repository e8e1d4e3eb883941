package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** How many distinct records there are. */
@Command(
    name = "count",
    description = {
      "Prints the number of distinct records.",
      "What was acknowledged before is counted: the server waits until it is applied."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum record count",
      "  vellum record count --by-month",
      "  vellum record count --output json"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class CountCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--by-month", description = "A row for each month and retention class.")
  boolean byMonth;

  CountCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    JsonNode counts = server.calls(screen).get("/v1/records/count");
    if (output.format == OutputFormat.TABLE && !byMonth) {
      screen.out().println(counts.path("records").asLong());
    } else if (byMonth) {
      new JsonRows(screen, output.format).print(counts.path("months"));
    } else if (output.format == OutputFormat.CSV) {
      Table table = new Table("records", "updates", "duplicates", "stale", "conflicts");
      table.row(
          counts.path("records").asText(),
          counts.path("updates").asText(),
          counts.path("duplicates").asText(),
          counts.path("stale").asText(),
          counts.path("conflicts").asText());
      table.printCsv(screen.out());
    } else {
      new JsonRows(screen, output.format).document(counts);
    }
    return ExitCode.OK;
  }
}
