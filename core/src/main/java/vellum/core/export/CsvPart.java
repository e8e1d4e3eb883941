package vellum.core.export;

import java.nio.charset.StandardCharsets;
import java.util.List;
import vellum.core.record.CsvCell;
import vellum.core.record.Digits;
import vellum.core.record.Output;

/**
 * Rows as CSV (RFC 4180): a header, lines that end with CR LF, quotes where a value needs them. An
 * absent value is empty; a list is JSON. Not thread-safe.
 */
final class CsvPart implements PartWriter {

  private final Column.Type[] types;
  private final Output out;
  private final Digits digits = new Digits();
  private final Output inner = new Output(1024);
  private final JsonText json;

  CsvPart(List<Column> columns, int capacity) {
    this.types = columns.stream().map(Column::type).toArray(Column.Type[]::new);
    this.out = new Output(capacity);
    this.json = new JsonText(columns);
    for (int i = 0; i < columns.size(); i++) {
      separate(i);
      byte[] name = columns.get(i).name().getBytes(StandardCharsets.UTF_8);
      CsvCell.write(out, name, 0, name.length);
    }
    endLine();
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
    for (int i = 0; i < types.length; i++) {
      separate(i);
      if (types[i] == Column.Type.LIST) {
        inner.clear();
        json.list(inner, row);
        CsvCell.write(out, inner.bytes(), 0, inner.size());
      } else if (row.has(i)) {
        value(types[i], row, i);
      }
    }
    endLine();
  }

  private void value(Column.Type type, Cells row, int column) {
    switch (type) {
      case TEXT -> CsvCell.write(out, row.array(), row.start(column), row.length(column));
      case NUMBER -> digits.number(out, row.number(column));
      case FLAG -> flag(row.number(column) != 0);
      case TIME -> digits.time(out, row.number(column));
      case DAY -> digits.day(out, row.number(column));
      case UUID -> digits.uuid(out, row.array(), row.start(column));
      case TOTAL -> Amounts.total(out, row.array(), row.start(column));
      case AMOUNT -> Amounts.amount(out, row.array(), row.start(column));
      case LIST -> throw new IllegalStateException("a list has no single value");
    }
  }

  private void flag(boolean value) {
    byte[] word = value ? JsonText.TRUE : JsonText.FALSE;
    out.write(word, 0, word.length);
  }

  private void separate(int column) {
    if (column > 0) {
      out.writeByte(',');
    }
  }

  private void endLine() {
    out.writeByte('\r');
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
