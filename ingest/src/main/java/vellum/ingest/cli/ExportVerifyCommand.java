package vellum.ingest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vellum.ingest.export.ExportCheck;
import vellum.ingest.export.ExportRun;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/** The check of an export, without a server. */
@Command(
    name = "verify",
    description = "Compares an export's files and totals with its manifest. Needs no server.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum export verify october"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:the files are what the manifest says",
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "5:they are not; the message names the first that is not"
    })
final class ExportVerifyCommand implements Callable<Integer> {

  private static final int PERMILLE = 1000;

  private final Screen screen;

  @Parameters(paramLabel = "DIR", description = "The directory of the export.")
  Path directory = Path.of("-");

  ExportVerifyCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    ExportRun.Made made;
    try (ProgressMeter meter = new ProgressMeter(screen, "verify", "rows", System::nanoTime)) {
      made = ExportCheck.check(directory, (permille, rows) -> meter.at(permille, PERMILLE, rows));
    }
    ExportOptions.print(screen, made);
    return ExitCode.OK;
  }
}
