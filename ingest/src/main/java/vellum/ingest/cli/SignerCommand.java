package vellum.ingest.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.terminal.Screen;

/** The certificate of the key that signs. */
@Command(
    name = "signer",
    description =
        "Prints the certificate of the key that signs certificates, in PEM: what 'verify' trusts.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum retention signer > signer.pem"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class SignerCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();

  SignerCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    com.fasterxml.jackson.databind.JsonNode signer =
        server.calls(screen).get("/v1/retention/signer");
    screen.out().println(signer.path("pem").asText().stripTrailing());
    return ExitCode.OK;
  }
}
