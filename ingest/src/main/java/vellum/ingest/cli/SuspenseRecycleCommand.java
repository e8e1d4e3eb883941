package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;

/** Rows of suspense, corrected and processed again. */
@Command(
    name = "recycle",
    description = {
      "Processes records in suspense again, corrected where --set says so.",
      "Without --yes, only shows what would become of them. What still fails stays in suspense."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum suspense recycle --code UNKNOWN_ACCOUNT --account acme        once it is registered",
      "  vellum suspense recycle --code UNKNOWN_ACCOUNT --account acme-old --set account=acme --yes",
      "  vellum suspense recycle --code MISSING_PRICE --account acme \\",
      "      --set rating.currency=EUR --set rating.sale_price_nanos=45000000 --yes",
      "  vellum suspense recycle --id ID --set rating.version=4 --yes         a version conflict"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.PARTIAL_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class SuspenseRecycleCommand implements Callable<Integer> {

  private static final int MOST_SHOWN = 20;

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Mixin SuspenseRows chosen = new SuspenseRows();

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "Sets account, or a field such as rating.currency; repeated.")
  Map<String, String> set = new TreeMap<>();

  @Option(names = "--yes", description = "Do it; without it, only what would happen is shown.")
  boolean yes;

  private final Map<String, Long> still = new TreeMap<>();
  private final ArrayNode refused = JsonNodeFactory.instance.arrayNode();
  private long rows;
  private long recycled;

  SuspenseRecycleCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    chosen.check();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("dry_run", !yes);
    ObjectNode values = body.putObject("set");
    set.forEach(values::put);
    SuspenseWork work =
        new SuspenseWork(screen, server.calls(screen), "/v1/suspense/recycle", "recycling");
    chosen.each(work, body, this::add);
    print();
    return rows == recycled || !yes ? ExitCode.OK : ExitCode.PARTIAL;
  }

  private void add(JsonNode answer) {
    rows += answer.path("rows").asLong();
    recycled += answer.path("recycled").asLong();
    for (JsonNode code : answer.path("still")) {
      still.merge(code.path("code").asText(), code.path("rows").asLong(), Long::sum);
    }
    answer.path("refused").forEach(refused::add);
  }

  private void print() {
    ObjectNode summary =
        JsonNodeFactory.instance
            .objectNode()
            .put("dry_run", !yes)
            .put("rows", rows)
            .put("recycled", recycled)
            .put("still_suspended", still.values().stream().mapToLong(Long::longValue).sum())
            .put("refused", refused.size());
    if (output.format == OutputFormat.JSON || output.format == OutputFormat.NDJSON) {
      ObjectNode codes = summary.putObject("still");
      still.forEach(codes::put);
      summary.set("refused_records", refused);
    }
    new JsonRows(screen, output.format).document(summary);
    still.forEach(
        (code, count) -> screen.err().println("still " + code + ": " + Figures.count(count)));
    int shown = 0;
    for (JsonNode one : refused) {
      if (shown++ < MOST_SHOWN) {
        screen.err().println(one.path("id").asText() + ": " + one.path("reason").asText());
      }
    }
    if (!yes) {
      screen.err().println("dry run, nothing was changed; to do it: --yes");
    }
  }
}
