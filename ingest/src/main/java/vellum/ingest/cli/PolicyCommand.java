package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;

/** The policy in force, or an earlier one. */
@Command(
    name = "policy",
    description = "Prints the policy in force, or another version of it, as YAML.",
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum retention policy > retention.yaml",
      "  vellum retention policy --version 1 --output json"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PolicyCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "A version, from 1 (default: the one in force).")
  @Nullable Integer version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  PolicyCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    String query = version == null ? "" : "?version=" + version;
    JsonNode policy = server.calls(screen).get("/v1/retention/policy" + query);
    if (output.format == OutputFormat.TABLE) {
      screen.out().println(policy.path("yaml").asText().stripTrailing());
      screen.err().println(line(policy));
    } else {
      new JsonRows(screen, output.format).document(policy);
    }
    return ExitCode.OK;
  }

  /** Which version it is, since when and why. */
  static String line(JsonNode policy) {
    return "version "
        + policy.path("version").asText()
        + (policy.path("in_force").asBoolean() ? ", in force" : "")
        + ", accepted "
        + policy.path("accepted_at").asText()
        + ": "
        + policy.path("reason").asText();
  }
}
