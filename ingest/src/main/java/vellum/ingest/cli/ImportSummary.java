package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.ingest.importer.ImportReport;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** What an import did, file by file. For one thread. */
final class ImportSummary {

  private final List<Line> lines = new ArrayList<>();

  /** One file's part. */
  private record Line(String file, ImportReport report, long acknowledged, Duration took) {}

  void add(String file, ImportReport report, long acknowledged, Duration took) {
    lines.add(new Line(file, report, acknowledged, took));
  }

  /** Whether every row of every file was taken. */
  boolean complete() {
    return lines.stream().allMatch(line -> line.report().complete());
  }

  void print(Screen screen, OutputFormat format) {
    if (format == OutputFormat.JSON || format == OutputFormat.NDJSON) {
      var all = JsonNodeFactory.instance.arrayNode();
      lines.forEach(line -> all.add(json(line)));
      new JsonRows(screen, format).print(all);
      return;
    }
    Table table =
        new Table(
            "FILE", ">ROWS", ">ACKNOWLEDGED", ">REJECTED", ">BAD ROWS", ">SECONDS", ">ROWS/S");
    boolean csv = format == OutputFormat.CSV;
    for (Line line : lines) {
      ImportReport report = line.report();
      table.row(
          line.file(),
          figure(report.read(), csv),
          figure(line.acknowledged(), csv),
          figure(report.rejectedRecords(), csv),
          figure(report.unmappableRows(), csv),
          String.format(java.util.Locale.ROOT, "%.1f", line.took().toMillis() / 1000.0),
          figure(Figures.rate(report.read(), line.took()), csv));
    }
    if (csv) {
      table.printCsv(screen.out());
      return;
    }
    table.print(screen.out(), screen.outPaint());
    codes(screen);
  }

  private void codes(Screen screen) {
    SortedMap<String, Long> bad = new TreeMap<>();
    SortedMap<String, Long> rejected = new TreeMap<>();
    for (Line line : lines) {
      line.report().unmappable().forEach((code, rows) -> bad.merge(code, rows, Long::sum));
      line.report().rejected().forEach((code, rows) -> rejected.merge(code, rows, Long::sum));
    }
    if (bad.isEmpty() && rejected.isEmpty()) {
      return;
    }
    Table table = new Table("NOT TAKEN", ">ROWS", "BY");
    rejected.forEach((code, rows) -> table.row(code, Figures.count(rows), "server"));
    bad.forEach((code, rows) -> table.row(code, Figures.count(rows), "importer"));
    screen.out().println();
    table.print(screen.out(), screen.outPaint());
  }

  private static ObjectNode json(Line line) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ImportReport report = line.report();
    node.put("file", line.file())
        .put("rows", report.read())
        .put("acknowledged", line.acknowledged())
        .put("rejected", report.rejectedRecords())
        .put("bad_rows", report.unmappableRows())
        .put("ms", line.took().toMillis());
    counts(node.putObject("rejected_by_code"), report.rejected());
    counts(node.putObject("bad_rows_by_code"), report.unmappable());
    return node;
  }

  private static void counts(ObjectNode node, Map<String, Long> counts) {
    counts.forEach(node::put);
  }

  private static String figure(long number, boolean csv) {
    return csv ? Long.toString(number) : Figures.count(number);
  }
}
