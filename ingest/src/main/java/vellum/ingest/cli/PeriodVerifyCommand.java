package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;

/** The proof of a statement. */
@Command(
    name = "verify",
    description = {
      "Works a statement out anew, from records and postings up to its position, and compares it with"
          + " what was closed, byte for byte."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum period verify 2026-10 --account acme"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNVERIFIED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PeriodVerifyCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin StatementOption which = new StatementOption();

  PeriodVerifyCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    JsonNode found = server.calls(screen).get(which.path("/verify", false));
    boolean good = found.path("good").asBoolean();
    if (output.format == OutputFormat.TABLE) {
      screen.out().println(words(found, good));
    } else {
      new JsonRows(screen, output.format).document(found);
    }
    return good ? ExitCode.OK : ExitCode.UNVERIFIED;
  }

  private static String words(JsonNode found, boolean good) {
    String name =
        "statement of "
            + PeriodRows.party(found)
            + ", "
            + found.path("period").asText()
            + ", revision "
            + found.path("revision").asText();
    if (!good) {
      String why =
          found.path("intact").asBoolean()
              ? "worked out anew it has the digest " + found.path("digest_again").asText()
              : "its stored bytes have the digest " + found.path("stored_digest").asText();
      return "DIFFERENT: " + name + ": closed with " + found.path("digest").asText() + ", " + why;
    }
    return found.path("digest_again").isNull()
        ? "intact, not made again: "
            + name
            + ": it has adjustments of records that are removed; sha-256 "
            + found.path("digest").asText()
        : "good: " + name + " made again byte for byte; sha-256 " + found.path("digest").asText();
  }
}
