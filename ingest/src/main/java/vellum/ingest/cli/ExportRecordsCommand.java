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

/** Records without identities, as files. */
@Command(
    name = "records",
    description = {
      "Writes the records of some billing days to files, without identities, free text and content.",
      "All rows are of one moment, which the manifest names by its journal position."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum export records --from 2026-10-01 --to 2026-11-01 --format parquet --into october",
      "  vellum export records --from 2026-10-01 --to 2026-11-01 --account acme --into acme-october",
      "  vellum export records --from 2026-10-01 --to 2026-11-01 --where channel=SMS,mcc_mnc=26201 --into sms"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "4:refused by the server or by permissions, or the months have changed since --resume's begin",
      ExitCode.UNVERIFIED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class ExportRecordsCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();

  @Option(
      names = "--from",
      paramLabel = "DAY",
      required = true,
      description = "First day, in each account's billing zone.")
  LocalDate from = LocalDate.EPOCH;

  @Option(names = "--to", paramLabel = "DAY", required = true, description = "First day after.")
  LocalDate to = LocalDate.EPOCH;

  @Option(names = "--account", paramLabel = "ID", description = "One account (default: all).")
  String account = "";

  @Mixin WhereOption where = new WhereOption();
  @Mixin ExportOptions options = new ExportOptions();

  ExportRecordsCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (!from.isBefore(to)) {
      throw new CommandFault(ExitCode.USAGE, "--from must be before --to");
    }
    ObjectNode query = ExportQuestion.days(from, to, account);
    where.into(query);
    options.run(screen, server.calls(screen), "records", query);
    return ExitCode.OK;
  }
}
