package vellum.core.export;

import java.nio.charset.StandardCharsets;
import java.util.List;
import vellum.core.record.Digits;
import vellum.core.record.Output;

/**
 * Writes rows as JSON objects (RFC 8259), absent values left out. Not thread-safe; allocates
 * nothing per row.
 */
final class JsonText {

  static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Digits digits = new Digits();
  private final Column.Type[] types;
  private final byte[][] names;
  private final Column.Type[] memberTypes;
  private final byte[][] memberNames;

  JsonText(List<Column> columns) {
    this.types = types(columns);
    this.names = names(columns);
    List<Column> members = columns.isEmpty() ? columns : columns.get(columns.size() - 1).members();
    this.memberTypes = types(members);
    this.memberNames = names(members);
  }

  /** Writes a row as an object. */
  void object(Output out, Cells row) {
    out.writeByte('{');
    boolean first = true;
    for (int i = 0; i < names.length; i++) {
      Column.Type type = types[i];
      if (row.has(i) || type == Column.Type.LIST) {
        int skipped = first ? 1 : 0;
        out.write(names[i], skipped, names[i].length - skipped);
        first = false;
        value(out, type, row, i);
      }
    }
    out.writeByte('}');
  }

  /** Writes the list of a row's last column. */
  void list(Output out, Cells row) {
    out.writeByte('[');
    for (int n = 0; n < row.count(); n++) {
      if (n > 0) {
        out.writeByte(',');
      }
      element(out, row.element(n));
    }
    out.writeByte(']');
  }

  private void element(Output out, Cells element) {
    out.writeByte('{');
    boolean first = true;
    for (int i = 0; i < memberNames.length; i++) {
      if (element.has(i)) {
        int skipped = first ? 1 : 0;
        out.write(memberNames[i], skipped, memberNames[i].length - skipped);
        first = false;
        value(out, memberTypes[i], element, i);
      }
    }
    out.writeByte('}');
  }

  private void value(Output out, Column.Type type, Cells row, int column) {
    switch (type) {
      case NUMBER -> digits.number(out, row.number(column));
      case FLAG -> {
        byte[] word = row.number(column) != 0 ? TRUE : FALSE;
        out.write(word, 0, word.length);
      }
      case LIST -> list(out, row);
      case TEXT -> text(out, row.array(), row.start(column), row.length(column));
      case TIME, DAY, UUID, TOTAL, AMOUNT -> {
        out.writeByte('"');
        quoted(out, type, row, column);
        out.writeByte('"');
      }
    }
  }

  private void quoted(Output out, Column.Type type, Cells row, int column) {
    switch (type) {
      case TIME -> digits.time(out, row.number(column));
      case DAY -> digits.day(out, row.number(column));
      case UUID -> digits.uuid(out, row.array(), row.start(column));
      case TOTAL -> Amounts.total(out, row.array(), row.start(column));
      case AMOUNT -> Amounts.amount(out, row.array(), row.start(column));
      default -> throw new IllegalArgumentException("not in quotes: " + type);
    }
  }

  private static void text(Output out, byte[] bytes, int offset, int length) {
    int at = out.reserve(6 * length + 2);
    byte[] to = out.bytes();
    to[at++] = '"';
    for (int i = offset; i < offset + length; i++) {
      byte one = bytes[i];
      if (one == '"' || one == '\\' || one >= 0 && one < ' ') {
        at = escape(to, at, one);
      } else {
        to[at++] = one;
      }
    }
    to[at++] = '"';
    out.truncate(at);
  }

  /** Writes a character that may not stand by itself; where the next one goes. */
  private static int escape(byte[] to, int offset, byte one) {
    int at = offset;
    to[at++] = '\\';
    if (one >= ' ') {
      to[at++] = one;
      return at;
    }
    to[at++] = 'u';
    to[at++] = '0';
    to[at++] = '0';
    to[at++] = HEX[one >> 4];
    to[at++] = HEX[one & 0xF];
    return at;
  }

  private static Column.Type[] types(List<Column> of) {
    return of.stream().map(Column::type).toArray(Column.Type[]::new);
  }

  /** {@code ,"name":} of every column. */
  private static byte[][] names(List<Column> of) {
    return of.stream()
        .map(column -> (",\"" + column.name() + "\":").getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }
}
