package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vellum.core.billing.Money;
import vellum.core.export.PartLimits;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.export.ExportQuestion;
import vellum.ingest.export.ExportRun;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/** What every export asks for: where to, how, and what about one that lies there. */
final class ExportOptions {

  private static final int PERMILLE = 1000;

  /** How files are written. */
  enum Format {
    CSV,
    NDJSON,
    PARQUET;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Format format = Format.CSV;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      required = true,
      description = "Directory of the export: made if it is not there, else empty.")
  Path into = Path.of("-");

  @Option(
      names = "--resume",
      description = "Go on with an export that was broken off; refused if its rows have changed.")
  boolean resume;

  @Option(names = "--restart", description = "Remove the export that lies there, and begin anew.")
  boolean restart;

  @Option(
      names = "--part-rows",
      paramLabel = "N",
      description = "Most rows of a file, at most 500,000 (default: as many as fit into 32 MiB).")
  @Nullable Integer partRows;

  /** Makes the export, with progress; prints what it came to. */
  void run(Screen screen, ServerCalls calls, String what, ObjectNode query) throws IOException {
    if (resume && restart) {
      throw new CommandFault(ExitCode.USAGE, "say --resume or --restart, not both");
    }
    int most = PartLimits.defaults().rows();
    if (partRows != null && (partRows < 1 || partRows > most)) {
      throw new CommandFault(ExitCode.USAGE, "--part-rows must be 1 to " + Figures.count(most));
    }
    ExportRun.Existing existing =
        resume
            ? ExportRun.Existing.RESUME
            : restart ? ExportRun.Existing.RESTART : ExportRun.Existing.REFUSE;
    ExportQuestion question =
        new ExportQuestion(what, query, format.toString(), partRows == null ? 0 : partRows);
    ExportRun.Made made;
    try (ProgressMeter meter = new ProgressMeter(screen, "export", "rows", System::nanoTime)) {
      made =
          new ExportRun(
                  calls, question, into, (permille, rows) -> meter.at(permille, PERMILLE, rows))
              .make(existing);
    }
    print(screen, made);
  }

  /** Prints rows, files, position and control totals. */
  static void print(Screen screen, ExportRun.Made made) {
    ObjectNode totals = JsonNodeFactory.instance.objectNode();
    made.totals().writeTo(totals);
    screen
        .out()
        .println(
            Figures.count(made.totals().rows(), "row")
                + " in "
                + Figures.count(made.files(), "file")
                + " of "
                + Figures.bytes(made.bytes())
                + ", as of journal position "
                + made.position());
    for (Map.Entry<String, JsonNode> sum : totals.path("sums").properties()) {
      line(screen, sum.getKey(), sum.getValue().asText(), "");
    }
    for (Map.Entry<String, JsonNode> amount : totals.path("amounts").properties()) {
      for (Map.Entry<String, JsonNode> sum : amount.getValue().properties()) {
        line(screen, amount.getKey(), Money.shown(sum.getValue().asText()), sum.getKey());
      }
    }
    if (totals.has("earliest")) {
      line(screen, "earliest", totals.path("earliest").asText(), "");
      line(screen, "latest", totals.path("latest").asText(), "");
    }
  }

  private static void line(Screen screen, String name, String value, String unit) {
    screen.out().println("  " + (name + " " + value + " " + unit).stripTrailing());
  }
}
