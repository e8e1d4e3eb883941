package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** Another policy, put into force. */
@Command(
    name = "apply",
    description = {
      "Puts another policy into force; without --yes, only shows what it would do.",
      "What becomes due by it is erased soon after, and does not come back."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum retention apply retention.yaml",
      "  vellum retention apply retention.yaml --yes --reason 'law of May 2026'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PolicyApplyCommand implements Callable<Integer> {

  private static final String YAML = "application/yaml";

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin Consent consent = new Consent();

  @Parameters(paramLabel = "FILE", description = "The policy, YAML; - is standard input.")
  Path file = Path.of("-");

  PolicyApplyCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    consent.check();
    byte[] yaml = AccountCommand.read(screen, file);
    ServerCalls calls = server.calls(screen);
    JsonNode difference = calls.post("/v1/retention/diff", YAML, yaml);
    new DifferenceRows(screen, output.format).print(difference);
    if (consent.given(screen)) {
      JsonNode policy =
          calls.post(
              "/v1/retention/policy?replaces="
                  + difference.path("from_version").asInt()
                  + "&reason="
                  + consent.encodedReason(),
              YAML,
              yaml);
      screen.err().println(PolicyCommand.line(policy));
    }
    return ExitCode.OK;
  }
}
