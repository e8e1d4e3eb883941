package vellum.core.export;

import java.util.List;
import vellum.core.settlement.Closing;

/**
 * The rows of an export, of one moment, in an order that is the same each time. Used by one thread
 * at a time; to be closed.
 */
public interface RowSource extends AutoCloseable {

  List<Column> columns();

  /** What control totals are made of. */
  Control control();

  /** Journal sequence up to which the rows reflect everything, and nothing behind it. */
  long position();

  /**
   * What the rows are made of. While marks are equal, so are the rows: who goes on with an export
   * compares them.
   */
  List<Mark> marks();

  /** The closings that the rows are made of; empty when they are as things are now. */
  default List<Closing> closings() {
    return List.of();
  }

  /** Moves behind a row by its {@link #place}; before the first {@link #next}. */
  void goBehind(String place);

  /** Moves to the next row that is wanted and fills the cells with it; false at the end. */
  boolean next(Cells row);

  /**
   * Names a row that {@link #next} gave, as long as its cells hold it. Holds no identity. Asked
   * from any thread, also while another reads.
   */
  String place(Cells row);

  /** Rows that there are at most, about: memory is reserved by it. 0 when it is not known. */
  long rowsAtMost();

  /** How much of the way is gone, in thousandths. */
  int permille();

  /**
   * Why the rows cannot be had any more, or an empty text. Asked from any thread, also while
   * another reads.
   */
  String ended();

  @Override
  void close();
}
