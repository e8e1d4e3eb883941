package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Screen;

/** Totals, as files. */
@Command(
    name = "totals",
    description = {
      "Writes the totals of some billing days to a file, as 'total list' shows them.",
      "With --as-closed, those of a closed month: the same bytes however often, whatever came later."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum export totals --from 2026-10-01 --to 2026-11-01 --by account,channel --into october",
      "  vellum export totals --month 2026-10 --as-closed --by account,day --into october-closed",
      "  vellum export totals --month 2026-10 --as-closed --supplier tele-x --into tele-x"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNVERIFIED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class ExportTotalsCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();

  @Mixin ExportDays days = new ExportDays();

  @Option(
      names = "--month",
      paramLabel = "MONTH",
      description = "A month such as 2026-10 in place of days, with --as-closed.")
  @Nullable YearMonth month;

  @Option(
      names = "--as-closed",
      description = {
        "The month as it was closed, whatever came later: the days' sums of the statements' charge"
            + " lines, of all for whom it is closed."
      })
  boolean asClosed;

  @Option(names = "--supplier", paramLabel = "ID", description = "One supplier, of --cube cost.")
  @Nullable String supplier;

  @Option(
      names = "--by",
      paramLabel = "NAME,...",
      description = "Dimensions to group by (default: currency alone).")
  String by = "";

  @Mixin ExportOptions options = new ExportOptions();

  ExportTotalsCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    ObjectNode query = query();
    if (supplier != null) {
      query.put("supplier", supplier).put("cube", "cost");
    }
    if (!by.isEmpty()) {
      query.put("by", by);
    }
    options.run(screen, server.calls(screen), "totals", query);
    return ExitCode.OK;
  }

  private ObjectNode query() {
    if (month == null && !asClosed) {
      return days.query();
    }
    if (month == null || !asClosed || days.isGiven()) {
      throw new CommandFault(
          ExitCode.USAGE, "say --from and --to, or else --month MONTH --as-closed");
    }
    ObjectNode query = JsonNodeFactory.instance.objectNode().put("period", month.toString());
    days.restInto(query);
    return query;
  }
}
