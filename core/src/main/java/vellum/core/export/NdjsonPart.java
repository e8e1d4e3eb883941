package vellum.core.export;

import java.util.List;
import vellum.core.record.Output;

/** Rows as NDJSON: one JSON object a line, each ended by a line feed. Not thread-safe. */
final class NdjsonPart implements PartWriter {

  private final Output out;
  private final JsonText json;

  NdjsonPart(List<Column> columns, int capacity) {
    this.out = new Output(capacity);
    this.json = new JsonText(columns);
  }

  @Override
  public int add(Cells[] rows, int from, int to, int bytes) {
    int at = from;
    do {
      add(rows[at++]);
    } while (at < to && out.size() < bytes);
    return at;
  }

  private void add(Cells row) {
    json.object(out, row);
    out.writeByte('\n');
  }

  @Override
  public long bytes() {
    return out.size();
  }

  @Override
  public Output finish() {
    return out;
  }
}
