package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.core.hold.HoldReach;
import vellum.core.hold.HoldType;
import vellum.ingest.terminal.Screen;

/** A new hold. */
@Command(
    name = "place",
    description = {
      "Places a hold: from its answer on the identities that it is about outlive their deadline.",
      "Subjects come from a file or standard input, so that no number stands in the shell's history."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum hold place --type preservation_order --subjects numbers.txt --from 2026-01-01 \\",
      "      --to 2027-01-01 --legal-basis 'Art. 16 CCC' --expires 2027-03-01 --reason 'order came'",
      "  vellum hold place --type dispute --reach historic --account acme --from 2026-03-01 \\",
      "      --to 2026-04-01 --legal-basis contract --expires 2027-01-01 --reason 'bill contested'",
      "  echo +49 170 1234567 | vellum hold place --type investigation --secret --subjects - ..."
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class HoldPlaceCommand implements Callable<Integer> {

  private final Screen screen;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      required = true,
      description = "Why it is placed: ${COMPLETION-CANDIDATES}.")
  HoldType type = HoldType.LITIGATION;

  @Option(
      names = "--reach",
      paramLabel = "REACH",
      description = {
        "historic keeps what is there, ongoing what comes as well (default: ${DEFAULT-VALUE})."
      })
  HoldReach reach = HoldReach.ONGOING;

  @Mixin ScopeOption scope = new ScopeOption();

  @Option(
      names = "--legal-basis",
      paramLabel = "TEXT",
      required = true,
      description = "Law or order by which it is placed.")
  String legalBasis = "";

  @Option(
      names = "--reference",
      paramLabel = "TEXT",
      description = "For whom it is placed, such as a file number.")
  String reference = "";

  @Option(
      names = "--starts",
      paramLabel = "TIME",
      description = "When it begins: an instant, or a date (UTC); at once without it.")
  @Nullable String starts;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      required = true,
      description = "First instant at which it is over, or a date (UTC); it can be extended.")
  String expires = "";

  @Option(
      names = "--secret",
      description = "Only the role disclosure may know of it; needs that role.")
  boolean secret;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, for the audit trail: 1 to 200 characters, no number or address.")
  String reason = "";

  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  HoldPlaceCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", type.name().toLowerCase(Locale.ROOT))
        .put("reach", reach.name().toLowerCase(Locale.ROOT));
    body.set("scope", scope.scope(screen));
    body.put("legal_basis", legalBasis).put("reference", reference);
    if (starts != null) {
      body.put("starts_at", starts);
    }
    body.put("expires_at", expires).put("secret", secret).put("reason", reason);
    JsonNode placed = server.calls(screen).post(HoldCommand.HOLDS, body);
    new JsonRows(screen, output.format).document(placed);
    return ExitCode.OK;
  }
}
