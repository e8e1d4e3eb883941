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
  public void add(Cells row) {
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
