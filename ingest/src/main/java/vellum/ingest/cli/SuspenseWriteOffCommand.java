package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.terminal.Screen;

/** Rows of suspense, given up. */
@Command(
    name = "write-off",
    description = {
      "Takes records out of suspense for good, and keeps a note of how many and how much.",
      "Without --yes, only shows them. They do not come back."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum suspense write-off --code EXPIRED_YEAR",
      "  vellum suspense write-off --code EXPIRED_YEAR --yes --reason 'past every limit'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class SuspenseWriteOffCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Mixin SuspenseRows chosen = new SuspenseRows();
  @Mixin Consent consent = new Consent();

  private final Map<String, BigDecimal> amounts = new TreeMap<>();
  private final Map<String, Long> codes = new TreeMap<>();
  private long rows;

  SuspenseWriteOffCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    consent.check();
    chosen.check();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("dry_run", !consent.yes);
    if (consent.yes) {
      body.put("reason", consent.reason);
    }
    SuspenseWork work =
        new SuspenseWork(screen, server.calls(screen), "/v1/suspense/write-off", "writing off");
    chosen.each(work, body, this::add);
    print();
    consent.given(screen);
    return ExitCode.OK;
  }

  private void add(JsonNode answer) {
    rows += answer.path("rows").asLong();
    for (JsonNode code : answer.path("codes")) {
      codes.merge(code.path("code").asText(), code.path("rows").asLong(), Long::sum);
    }
    for (JsonNode amount : answer.path("amounts")) {
      amounts.merge(
          amount.path("currency").asText(),
          new BigDecimal(amount.path("amount").asText()),
          BigDecimal::add);
    }
  }

  private void print() {
    ObjectNode summary =
        JsonNodeFactory.instance.objectNode().put("dry_run", !consent.yes).put("rows", rows);
    ObjectNode byCode = summary.putObject("codes");
    codes.forEach(byCode::put);
    ObjectNode byCurrency = summary.putObject("amounts");
    amounts.forEach((currency, amount) -> byCurrency.put(currency, amount.toPlainString()));
    new JsonRows(screen, output.format).document(summary);
  }
}
