package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.terminal.Screen;

/** One hold, with whom it is about. */
@Command(
    name = "show",
    description = {
      "Shows a hold: whom it is about, what was done, and how it ended.",
      "That it was shown stands in the audit trail."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum hold show H-4F7K2Q9M",
      "  vellum hold show H-4F7K2Q9M --save-certificate released.p7m"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class HoldShowCommand implements Callable<Integer> {

  private final Screen screen;

  @Parameters(paramLabel = "ID", description = "The hold, such as H-4F7K2Q9M.")
  String id = "";

  @Option(
      names = "--save-certificate",
      paramLabel = "FILE",
      description = "Writes the certificate of its end into a new file (CMS signed data, DER).")
  @Nullable Path certificate;

  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  HoldShowCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    JsonNode hold = server.calls(screen).get(HoldCommand.path(id));
    if (certificate != null) {
      JsonNode cms = hold.path("end").path("certificate");
      if (cms.isMissingNode()) {
        throw new CommandFault(ExitCode.FAILED, "the hold has no certificate yet");
      }
      Files.write(certificate, cms.binaryValue(), StandardOpenOption.CREATE_NEW);
    }
    new JsonRows(screen, output.format).document(hold);
    return ExitCode.OK;
  }
}
