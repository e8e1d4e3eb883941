package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Screen;

/** Sequences that never came. */
@Command(
    name = "gaps",
    description = {
      "Lists the sequences of producers that never came: a producer went on behind them (skipped), or"
          + " named them as its last ones when it said goodbye (goodbye).",
      "Gaps come in the order in which they were found, and are kept for 400 days."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum producer gaps",
      "  vellum producer gaps --producer sms-gateway --from 2026-11-01 --to 2026-12-01",
      "  vellum producer gaps --output csv > gaps.csv"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:done, whether there are gaps or not",
      "1:failed, or nobody knows the producer",
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class ProducerGapsCommand implements Callable<Integer> {

  private static final int PAGE = 1000;
  private static final List<String> COLUMNS =
      List.of(
          "found_at",
          "producer",
          "instance",
          ">stream",
          ">epoch",
          ">first_sequence",
          ">last_sequence",
          ">missing",
          "cause",
          ">journal_sequence");

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--producer", paramLabel = "NAME", description = "Of this one (default: all).")
  @Nullable String producer;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Found at or after this instant, or date (UTC).")
  @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Found before this instant, or date (UTC).")
  @Nullable Instant to;

  @Option(names = "--limit", paramLabel = "N", description = "Most rows (default: all).")
  long limit = Long.MAX_VALUE;

  ProducerGapsCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    check();
    ServerCalls calls = server.calls(screen);
    PagedRows rows = PagedRows.flat(screen, output.format, COLUMNS);
    String query =
        "/v1/producers/gaps?limit="
            + Math.min(PAGE, limit)
            + part("producer", producer)
            + part("from", from)
            + part("to", to);
    JsonNode answer = calls.get(query);
    rows.add(answer.path("gaps"), limit);
    while (answer.hasNonNull("next") && rows.rows() < limit) {
      answer = calls.get(query + part("cursor", answer.path("next").asText()));
      rows.add(answer.path("gaps"), limit - rows.rows());
    }
    rows.end();
    tell(rows.rows(), answer);
    return ExitCode.OK;
  }

  private void check() {
    if (limit < 1) {
      throw new CommandFault(ExitCode.USAGE, "--limit must be at least 1");
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new CommandFault(ExitCode.USAGE, "--from must be before --to");
    }
  }

  private static String part(String name, @Nullable Object value) {
    return value == null ? "" : "&" + name + "=" + ServerCalls.encoded(value.toString());
  }

  private void tell(long rows, JsonNode last) {
    long dropped = last.path("dropped").asLong();
    screen
        .err()
        .println(
            Figures.count(rows, "gap")
                + (last.hasNonNull("next") ? "; there are more" : "")
                + (dropped > 0
                    ? "; " + Figures.count(dropped, "older one") + " dropped, there were too many"
                    : ""));
  }
}
