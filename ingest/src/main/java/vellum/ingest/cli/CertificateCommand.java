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
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** The signed certificate of what was erased. */
@Command(
    name = "certificate",
    description = {
      "Prints the certificate of a period: signed (CMS, RFC 5652) as PEM, or its content as JSON.",
      "A period is 2025-03 (the default class), 2025-03.CLASS, 2024-01.usage, 2026-12.content-05, or"
          + " 2025 or 2025.CLASS for an archive year."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum retention certificate 2025-03 --output pem",
      "  vellum retention certificate 2025-03 --output pem --file 2025-03.pem",
      "  openssl cms -verify -in 2025-03.pem -inform PEM -CAfile signer.pem -no_check_time"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      "1:there is no such certificate, or it failed",
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class CertificateCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();

  /** How a certificate is shown. */
  enum Form {
    PEM,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "PERIOD", description = "What was erased.")
  String period = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "pem",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Form form = Form.PEM;

  @Option(names = "--file", paramLabel = "FILE", description = "A new file to write it to.")
  @Nullable Path file;

  CertificateCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    JsonNode certificate =
        server.calls(screen).get("/v1/retention/certificates/" + ServerCalls.encoded(period));
    String text = certificate.path(form.toString()).asText().stripTrailing();
    if (file == null) {
      screen.out().println(text);
    } else {
      Files.writeString(file, text + "\n", StandardOpenOption.CREATE_NEW);
      screen.err().println("written to " + file);
    }
    return ExitCode.OK;
  }
}
