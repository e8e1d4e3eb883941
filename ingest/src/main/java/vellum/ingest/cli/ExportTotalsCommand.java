package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.export.ExportQuestion;
import vellum.ingest.terminal.Screen;

/** Totals, as files. */
@Command(
    name = "totals",
    description = "Writes the totals of some billing days to a file, as 'total list' shows them.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum export totals --from 2026-10-01 --to 2026-11-01 --by account,channel --into october"
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

  @Option(
      names = "--from",
      paramLabel = "DAY",
      required = true,
      description = "First day, in each party's billing zone.")
  LocalDate from = LocalDate.EPOCH;

  @Option(names = "--to", paramLabel = "DAY", required = true, description = "First day after.")
  LocalDate to = LocalDate.EPOCH;

  @Option(
      names = "--by",
      paramLabel = "NAME,...",
      description = "Dimensions to group by (default: currency alone).")
  String by = "";

  @Option(names = "--account", paramLabel = "ID", description = "One account (default: all).")
  String account = "";

  @Mixin WhereOption where = new WhereOption();
  @Mixin ExportOptions options = new ExportOptions();

  ExportTotalsCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (!from.isBefore(to)) {
      throw new CommandFault(ExitCode.USAGE, "--from must be before --to");
    }
    ObjectNode query = ExportQuestion.days(from, to, account);
    where.into(query);
    if (!by.isEmpty()) {
      query.put("by", by);
    }
    options.run(screen, server.calls(screen), "totals", query);
    return ExitCode.OK;
  }
}
