package vellum.core.apply;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellMap;
import vellum.core.billing.RowCells;
import vellum.core.period.Month;
import vellum.core.seal.RowReader;

/**
 * What one message changes: the row of its record from what it was to what it is, and with it
 * cells, which are read from the rows when they are asked for. When all messages of a record that a
 * batch brings are told, moves the batch's cells, at once for all of them. Not thread-safe; reused
 * from message to message.
 */
public final class RowChange {

  private final CellMap cells = new CellMap();
  private final TakenAspects created = new TakenAspects();
  private final RowReader reader = new RowReader();
  private TakenAspects taken = created;
  private SeenRow first = new SeenRow();
  private SeenRow before = new SeenRow();
  private SeenRow after = new SeenRow();
  private boolean isNew;
  private int changes;
  private boolean areCellsReady;
  private byte[] key = new byte[0];
  private int keyOffset;
  private long second;
  private @Nullable Pending messages;
  private int message;

  RowChange() {}

  /** Goes to a record; no message has changed it yet. */
  void record(Month month, byte[] keys, int offset) {
    key = keys;
    keyOffset = offset;
    second = month.second(keys, offset);
    changes = 0;
  }

  /** A message made the row. */
  void created(Pending pending, int number, byte[] row, int offset, int length) {
    isNew = true;
    taken = created;
    created.clear();
    after.none();
    to(pending, number, row, offset, length);
  }

  /** A message is about to change this row. */
  void before(byte[] row, int offset, int length) {
    if (changes == 0) {
      after.is(row, offset, length, second);
    }
  }

  /** It changed to this row. */
  void changed(
      TakenAspects aspects, Pending pending, int number, byte[] row, int offset, int length) {
    isNew = false;
    taken = aspects;
    to(pending, number, row, offset, length);
  }

  private void to(Pending pending, int number, byte[] row, int offset, int length) {
    SeenRow spare = before;
    if (changes == 1) {
      // What was before the first message is needed when all are told.
      spare = first;
      first = before;
    }
    before = after;
    after = spare;
    after.is(row, offset, length, second);
    changes++;
    messages = pending;
    message = number;
    areCellsReady = false;
  }

  /** All messages of the record are told: moves a map's cells by what they change together. */
  void moveInto(CellMap map) {
    if (changes > 0) {
      SeenRow from = changes == 1 ? before : first;
      after.cells().replace(from.cells(), map);
    }
  }

  /** Whether the record was not there before. */
  public boolean isNew() {
    return isNew;
  }

  /** Buffer that holds the key of the record in its month, at {@link #keyOffset}. */
  public byte[] key() {
    return key;
  }

  public int keyOffset() {
    return keyOffset;
  }

  /** Width of the key: a record key of a live month, an archive key of an archived one. */
  public int keyLength() {
    return messages().keyBytes();
  }

  /** Journal sequence of the batch that brought the message. */
  public long sequence() {
    return messages().sequence(message);
  }

  /** Place of the message in its batch. */
  public int place() {
    return messages().place(message);
  }

  /** Second of started_at, since the epoch. */
  public long second() {
    return second;
  }

  /** The aspects that are new or replaced. */
  public TakenAspects aspects() {
    if (isNew && created.size() == 0) {
      created.addAll(after.read(reader));
    }
    return taken;
  }

  /** Lets a reader stand before the first aspect of the message's own row. */
  public RowReader read(RowReader message) {
    Pending all = messages();
    return message.over(all.rows(), all.rowOffset(this.message), all.rowLength(this.message));
  }

  /** What the record counted in before; nothing when it is new. */
  public RowCells before() {
    return before.cells();
  }

  /** What the record counts in now. */
  public RowCells after() {
    return after.cells();
  }

  /**
   * By how much each cell changes: exact, cells that change by nothing may be there with zero. Made
   * when it is asked for.
   */
  public CellMap cells() {
    if (!areCellsReady) {
      cells.clear();
      after.cells().replace(before.cells(), cells);
      areCellsReady = true;
    }
    return cells;
  }

  private Pending messages() {
    return Objects.requireNonNull(messages, "a message comes first");
  }
}
