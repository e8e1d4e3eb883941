package vellum.core.export;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.settlement.Closing;

/**
 * Rows that are in memory: totals, lines of a statement. Used by one thread at a time.
 *
 * <p>A place is {@code row/<number from 1>}; of rows made of closings, {@code row/<hex digits:
 * which closings>/<number from 1>}.
 */
public final class ListSource implements RowSource {

  private static final int TOTAL_BYTES = 16;
  private static final int PERMILLE = 1000;
  private static final String PLACE = "row/";
  private static final byte[] NO_KEY = new byte[0];

  private final List<Column> columns;
  private final Control control;
  private final long position;
  private final List<Mark> marks;
  private final List<? extends List<? extends @Nullable Object>> rows;
  private final ClosingSet of;
  private final String place;
  private int next;

  /**
   * @param position journal sequence that the rows reflect
   * @param marks what they were read from
   * @param rows of values by column: {@link String}, {@link Long}, {@link Boolean}, {@link
   *     LocalDate} or {@link BigInteger} as the column's type asks; null is absent
   */
  public ListSource(
      List<Column> columns,
      Control control,
      long position,
      List<Mark> marks,
      List<? extends List<? extends @Nullable Object>> rows) {
    this(columns, control, position, marks, rows, ClosingSet.NONE);
  }

  private ListSource(
      List<Column> columns,
      Control control,
      long position,
      List<Mark> marks,
      List<? extends List<? extends @Nullable Object>> rows,
      ClosingSet of) {
    this.columns = List.copyOf(columns);
    this.control = control;
    this.position = position;
    this.marks = List.copyOf(marks);
    this.rows = List.copyOf(rows);
    this.of = of;
    this.place = of.closings().isEmpty() ? PLACE : PLACE + of.name() + "/";
  }

  /** The same rows of closings, which reflect what those do. */
  ListSource of(ClosingSet closings) {
    return new ListSource(columns, control, closings.position(), marks, rows, closings);
  }

  @Override
  public List<Closing> closings() {
    return of.closings();
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public Control control() {
    return control;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public List<Mark> marks() {
    return marks;
  }

  @Override
  public void goBehind(String last) {
    if (last.startsWith(PLACE) && !last.startsWith(place)) {
      throw ClosingSet.changed();
    }
    try {
      next = Integer.parseInt(last.substring(place.length()));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new ExportException.BadRequest("the place to go on behind is none of this export");
    }
    if (next < 0 || next > rows.size()) {
      throw new ExportException.BadRequest("the export has " + rows.size() + " rows: " + next);
    }
  }

  @Override
  public boolean next(Cells row) {
    if (next == rows.size()) {
      return false;
    }
    row.clear();
    List<? extends @Nullable Object> values = rows.get(next++);
    for (int i = 0; i < columns.size(); i++) {
      Object value = values.get(i);
      if (value != null) {
        set(row, i, value);
      }
    }
    row.at(place + next, NO_KEY, 0);
    return true;
  }

  private static void set(Cells row, int column, Object value) {
    if (value instanceof String text) {
      row.bytes(column, text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof BigInteger total) {
      row.bytes(column, bytes(total));
    } else if (value instanceof LocalDate day) {
      row.number(column, day.toEpochDay());
    } else if (value instanceof Boolean flag) {
      row.number(column, flag ? 1 : 0);
    } else {
      row.number(column, (Long) value);
    }
  }

  private static byte[] bytes(BigInteger value) {
    byte[] some = value.toByteArray();
    if (some.length > TOTAL_BYTES) {
      throw new IllegalArgumentException("a total has at most 128 bits");
    }
    byte[] all = new byte[TOTAL_BYTES];
    Arrays.fill(all, 0, TOTAL_BYTES - some.length, (byte) (value.signum() < 0 ? -1 : 0));
    System.arraycopy(some, 0, all, TOTAL_BYTES - some.length, some.length);
    return all;
  }

  @Override
  public String place(Cells row) {
    return row.of().toString();
  }

  @Override
  public long rowsAtMost() {
    return rows.size();
  }

  @Override
  public int permille() {
    return rows.isEmpty() ? PERMILLE : (int) ((long) next * PERMILLE / rows.size());
  }

  @Override
  public String ended() {
    return "";
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
