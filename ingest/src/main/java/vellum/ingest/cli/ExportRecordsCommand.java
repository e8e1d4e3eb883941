package vellum.ingest.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.terminal.Screen;

/** Records without identities, as files. */
@Command(
    name = "records",
    description = {
      "Writes the records of some billing days to files, without identities, free text and content.",
      "All rows are of one moment, which the manifest names by its journal position."
          + " A repeated export is the same as long as none of its records changed; a closed period as"
          + " it was closed is 'vellum export totals --as-closed' or 'vellum export statements'."
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

  @Mixin ExportDays days = new ExportDays();
  @Mixin ExportOptions options = new ExportOptions();

  ExportRecordsCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    options.run(screen, server.calls(screen), "records", days.query());
    return ExitCode.OK;
  }
}
