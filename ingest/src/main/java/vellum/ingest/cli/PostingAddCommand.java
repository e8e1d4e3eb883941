package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Screen;

/** A posting by hand. */
@Command(
    name = "add",
    description = {
      "Puts an amount on the bill of an open month; without --yes, only shows it. It is never changed:"
          + " a wrong one is taken back by one of the kind reversal.",
      "refund, credit, dispute and write_off are below zero, a charge is above, a correction is"
          + " either."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum posting add --account acme --period 2026-11 --kind refund --amount -12.50 \\",
      "      --currency EUR --line 2026-10/1/3 --yes --reason 'double charge'",
      "  vellum posting add --account acme --period 2026-11 --kind reversal --reverses 7 \\",
      "      --yes --reason 'posted twice'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class PostingAddCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PartyOption party = new PartyOption();
  @Mixin Consent consent = new Consent();

  @Option(
      names = "--period",
      paramLabel = "MONTH",
      required = true,
      description = "The month on whose bill it stands.")
  YearMonth period = YearMonth.of(1970, 1);

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      required = true,
      description = "refund, credit, dispute, write_off, charge, correction or reversal.")
  String kind = "";

  @Option(
      names = "--amount",
      paramLabel = "DECIMAL",
      description = "With its sign, and at most nine digits behind the point.")
  @Nullable String amount;

  @Option(names = "--currency", paramLabel = "CODE", description = "ISO 4217, such as EUR.")
  @Nullable String currency;

  @Option(names = "--record", paramLabel = "ID", description = "The record that it is about.")
  @Nullable String record;

  @Option(
      names = "--line",
      paramLabel = "MONTH/REVISION/LINE",
      description = "The line of a statement that it is about, such as 2026-10/1/3.")
  @Nullable String line;

  @Option(
      names = "--reverses",
      paramLabel = "NUMBER",
      description = "The posting that a reversal takes back.")
  @Nullable Long reverses;

  PostingAddCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    consent.check();
    party.require();
    ObjectNode body =
        party
            .into(JsonNodeFactory.instance.objectNode())
            .put("period", period.toString())
            .put("kind", kind)
            .put("amount", amount)
            .put("currency", currency)
            .put("record", record)
            .put("line", line)
            .put("reverses", reverses)
            .put("reason", consent.reason.isBlank() ? "dry run" : consent.reason)
            .put("dry_run", !consent.yes);
    JsonNode posting = server.calls(screen).post("/v1/billing/postings", body);
    new JsonRows(screen, output.format).document(posting);
    consent.given(screen);
    return ExitCode.OK;
  }
}
