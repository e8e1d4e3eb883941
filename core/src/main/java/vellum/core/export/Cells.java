package vellum.core.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vellum.core.record.Output;

/**
 * The values of one row, by column. Not thread-safe; reused from row to row, without making
 * objects.
 */
public final class Cells {

  private static final int ABSENT = -1;

  private final List<Column> columns;
  private final long[] numbers;
  private final int[] starts;

  /** Of bytes; 0 for a number that is there. */
  private final int[] lengths;

  private final Output bytes = new Output(256);
  private final List<Cells> elements = new ArrayList<>();
  private int count;
  private Object of = "";
  private byte[] key = new byte[0];
  private int keyLength;

  public Cells(List<Column> columns) {
    this.columns = List.copyOf(columns);
    numbers = new long[columns.size()];
    starts = new int[columns.size()];
    lengths = new int[columns.size()];
    clear();
  }

  public List<Column> columns() {
    return columns;
  }

  /** Makes every value absent. */
  public void clear() {
    Arrays.fill(lengths, ABSENT);
    bytes.clear();
    count = 0;
  }

  /** Sets a number, a flag (0 or 1), a time (microseconds) or a day (since 1970-01-01). */
  public void number(int column, long value) {
    numbers[column] = value;
    lengths[column] = 0;
  }

  /** Sets a text, or another value of bytes. */
  public void bytes(int column, byte[] source, int offset, int length) {
    starts[column] = bytes.size();
    lengths[column] = length;
    bytes.write(source, offset, length);
  }

  /** Sets a text, or another value of bytes. */
  public void bytes(int column, byte[] value) {
    bytes(column, value, 0, value.length);
  }

  /** Adds an element to the list of the last column; valid until {@link #clear}. */
  public Cells add() {
    if (count == elements.size()) {
      elements.add(new Cells(columns.get(columns.size() - 1).members()));
    }
    Cells element = elements.get(count++);
    element.clear();
    return element;
  }

  /**
   * Remembers where the row stands, for {@link RowSource#place} alone.
   *
   * @param of what holds the row
   */
  void at(Object of, byte[] bytes, int length) {
    if (this.of != of) {
      this.of = of;
    }
    if (key.length < length) {
      key = new byte[length];
    }
    System.arraycopy(bytes, 0, key, 0, length);
    keyLength = length;
  }

  /** What holds the row. */
  Object of() {
    return of;
  }

  /** Array whose first {@link #keyLength} bytes are the row's key. */
  byte[] key() {
    return key;
  }

  int keyLength() {
    return keyLength;
  }

  boolean has(int column) {
    return lengths[column] != ABSENT;
  }

  long number(int column) {
    return numbers[column];
  }

  /** The array that {@link #start} and {@link #length} speak of. */
  byte[] array() {
    return bytes.bytes();
  }

  int start(int column) {
    return starts[column];
  }

  int length(int column) {
    return lengths[column];
  }

  /** How many elements the list has. */
  int count() {
    return count;
  }

  Cells element(int index) {
    return elements.get(index);
  }
}
