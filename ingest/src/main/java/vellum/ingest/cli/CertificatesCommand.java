package vellum.ingest.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.terminal.Screen;

/** All certificates. */
@Command(
    name = "certificates",
    description = "Lists the certificates of what was erased.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum retention certificates", "  vellum retention certificates --output csv"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class CertificatesCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  CertificatesCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    new JsonRows(screen, output.format)
        .print(server.calls(screen).get("/v1/retention/certificates").path("certificates"));
    return ExitCode.OK;
  }
}
