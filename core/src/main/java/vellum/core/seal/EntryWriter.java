package vellum.core.seal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.record.BadRecord;
import vellum.core.record.MonthId;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.v1.RejectionCode;

/**
 * Writes the entries of one batch at a time, as {@link SealedBatch} draws them, and the list of
 * their months. Makes no object for an ordinary entry. Not thread-safe; reused.
 */
final class EntryWriter {

  /** In the byte of identities: the entry is of the record whose entry came before. */
  static final int SAME_PLACE = 0x80;

  /** In the byte of identities: a byte of marks follows. */
  static final int MARKED = 0x40;

  /** Mark: the record is in suspense, by a code. */
  static final int SUSPENDED = 1;

  /** Mark: the record replaces a row in suspense of the same month. */
  static final int RECYCLED = 2;

  /** Mark: the key is an archive key, and the row has no identities. */
  static final int ARCHIVE_KEY = 4;

  /** Mark: nothing but a row in suspense that goes. */
  static final int RELEASED = 8;

  /** Mark: parts of the record are erased, or, with {@link #RELEASED}, of a row in suspense. */
  static final int ERASES = 16;

  private static final int ALL_MARKS = SUSPENDED | RECYCLED | ARCHIVE_KEY | RELEASED | ERASES;
  private static final int HINT_BYTES = 8;
  private static final int MAX_MONTHS = 255;

  /**
   * Bytes after which a batch is full. Holds that keep what comes late make many times the bytes of
   * a record: a quarter of what the journal takes leaves room for what forty of them keep of the
   * largest record that comes last.
   */
  private static final int FULL_BYTES = 1 << 20;

  private final Output entries = new Output(1 << 16);
  private final Output marks = new Output(64);
  private final RatingRow ratings = new RatingRow();
  private final List<byte[]> months = new ArrayList<>();
  private @Nullable MonthId lastMonth;
  private int lastIndex;
  private int vaults;
  private long batch;

  /** Starts a batch. */
  void begin() {
    entries.clear();
    months.clear();
    vaults = 0;
    lastMonth = null;
    batch++;
  }

  /** Whether what is left should go into another batch. */
  boolean isFull() {
    return entries.size() >= FULL_BYTES;
  }

  Output entries() {
    return entries;
  }

  /** Names of the months, in ASCII. */
  List<byte[]> months() {
    return months;
  }

  /** Whether a byte of marks says what this version does not know. */
  static boolean isUnknown(int marks, int format) {
    int known = format < BatchSealer.FORMAT ? ALL_MARKS & ~ERASES : ALL_MARKS;
    return (marks & ~known) != 0 || marks == 0;
  }

  /**
   * Writes an entry.
   *
   * @param flags {@link #SAME_PLACE} or 0
   */
  void write(
      MonthCiphers.Slot slot,
      HeaderReader header,
      Output row,
      @Nullable IdentitySealer identities,
      int flags,
      Marks with) {
    int count = identities == null ? 0 : identities.count();
    int hintBytes = count * HINT_BYTES;
    int month = index(slot);
    int marked = with.isNone() ? 0 : MARKED;
    with.writeTo(marks);
    begin(month, 1L + marks.size() + hintBytes + RecordKey.BYTES + row.size());
    entries.writeByte(count | flags | marked);
    entries.write(marks.bytes(), 0, marks.size());
    if (identities != null) {
      entries.write(identities.hints(), 0, hintBytes);
    }
    int key = entries.reserve(RecordKey.BYTES);
    RecordKey.write(entries.bytes(), key, header.account().keyPart(), header.idHigh, header.idLow);
    entries.write(row.bytes(), 0, row.size());
  }

  /** Writes an entry of a record that a hold keeps, under the hold's key. */
  void writeHeld(MonthCiphers.Slot vault, byte[] key, HeldRow held) {
    int month = index(vault);
    int hintBytes = held.count() * HINT_BYTES;
    Output row = held.row();
    begin(month, 1L + hintBytes + RecordKey.BYTES + row.size());
    entries.writeByte(held.count());
    entries.write(held.hints(), 0, hintBytes);
    entries.write(key, 0, RecordKey.BYTES);
    entries.write(row.bytes(), 0, row.size());
  }

  /** Writes an entry of a record without identities, under its archive key. */
  void writeStripped(MonthId month, byte[] key, byte[] row, int offset, int length, Marks with) {
    int index = index(month);
    with.writeTo(marks, ARCHIVE_KEY);
    begin(index, 1L + marks.size() + RecordKey.BYTES + length);
    entries.writeByte(MARKED);
    entries.write(marks.bytes(), 0, marks.size());
    entries.write(key, 0, key.length);
    for (int i = key.length; i < RecordKey.BYTES; i++) {
      entries.writeByte(0);
    }
    entries.write(row, offset, length);
  }

  /**
   * Writes an entry of another price of a record that is stored, in the period and under the key
   * that it has; the period may change its owner before it is applied. It needs no key: nothing of
   * it is sealed.
   *
   * @param key record key of a sealed row, archive key of a stripped one
   * @param stored the record's row as it was read
   * @param startedAtMicros of the record
   * @throws IllegalArgumentException when the row has no rating of a lower version, or another key
   */
  void rate(MonthId month, byte[] key, byte[] stored, long startedAtMicros, NewRating rating) {
    boolean isStripped = stored[0] == RowFormat.STRIPPED;
    if (key.length != (isStripped ? Suspended.ARCHIVE_KEY_BYTES : RecordKey.BYTES)) {
      throw new IllegalArgumentException("the key has " + key.length + " bytes");
    }
    Output row = ratings.of(stored, startedAtMicros, rating);
    if (isStripped) {
      writeStripped(month, key, row.bytes(), 0, row.size(), Marks.NONE);
      return;
    }
    int index = index(month);
    begin(index, 1L + RecordKey.BYTES + row.size());
    entries.writeByte(0);
    entries.write(key, 0, RecordKey.BYTES);
    entries.write(row.bytes(), 0, row.size());
  }

  /** Writes an entry that takes a row out of suspense, and nothing else. */
  void release(Suspended row) {
    int index = index(row.period());
    marks.clear();
    marks.writeByte(RELEASED);
    writeOrigin(marks, row);
    begin(index, 1L + marks.size());
    entries.writeByte(MARKED);
    entries.write(marks.bytes(), 0, marks.size());
  }

  /**
   * Writes an entry that erases parts of a record.
   *
   * @param hints masked pseudonyms, eight bytes each, whose index rows of the record go
   */
  void erase(MonthId month, byte[] key, int parts, byte[] hints) {
    int index = index(month);
    marks.clear();
    marks.writeByte(ERASES);
    marks.writeVarint(parts);
    begin(index, 1L + marks.size() + hints.length + RecordKey.BYTES);
    entries.writeByte(hints.length / HINT_BYTES | MARKED);
    entries.write(marks.bytes(), 0, marks.size());
    entries.write(hints, 0, hints.length);
    entries.write(key, 0, RecordKey.BYTES);
  }

  /** Writes an entry that erases parts of a row in suspense. */
  void erase(Suspended row, int parts) {
    int index = index(row.period());
    marks.clear();
    marks.writeByte(ERASES | RELEASED);
    writeOrigin(marks, row);
    marks.writeVarint(parts);
    begin(index, 1L + marks.size());
    entries.writeByte(MARKED);
    entries.write(marks.bytes(), 0, marks.size());
  }

  private static void writeOrigin(Output out, Suspended row) {
    out.writeVarint(row.sequence());
    out.writeVarint(row.place());
    out.writeByte(row.key().length);
    out.write(row.key(), 0, row.key().length);
  }

  /**
   * What an entry says beside its record.
   *
   * @param code of suspense, or 0
   * @param replaced row in suspense of the same month that the record replaces
   */
  record Marks(int code, @Nullable Suspended replaced) {

    static final Marks NONE = new Marks(0, null);

    boolean isNone() {
      return code == 0 && replaced == null;
    }

    void writeTo(Output out) {
      writeTo(out, 0);
    }

    private void writeTo(Output out, int more) {
      out.clear();
      if (isNone() && more == 0) {
        return;
      }
      out.writeByte(more | (code != 0 ? SUSPENDED : 0) | (replaced != null ? RECYCLED : 0));
      if (code != 0) {
        out.writeVarint(code);
      }
      if (replaced != null) {
        writeOrigin(out, replaced);
      }
    }
  }

  /**
   * Starts an entry: its length, and its month.
   *
   * @param bytes of it behind the month
   */
  private void begin(int month, long bytes) {
    entries.writeVarint(Output.varintSize(month) + bytes);
    entries.writeVarint(month);
  }

  private int index(MonthCiphers.Slot slot) {
    int month = slot.index(batch);
    if (month < 0) {
      month = add(slot.name(), slot.period().kind() == MonthId.Kind.HOLD);
      slot.place(batch, month);
    }
    return month;
  }

  private int index(MonthId month) {
    if (month.equals(lastMonth)) {
      return lastIndex;
    }
    lastIndex = find(month);
    lastMonth = month;
    return lastIndex;
  }

  private int find(MonthId month) {
    byte[] name = month.toString().getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < months.size(); i++) {
      if (java.util.Arrays.equals(months.get(i), name)) {
        return i;
      }
    }
    return add(name, false);
  }

  /** Adds a month; how many holds keep something of the batch is nobody's business. */
  private int add(byte[] name, boolean isVault) {
    vaults += isVault ? 1 : 0;
    if (!isVault && months.size() - vaults == MAX_MONTHS) {
      throw new BadRecord(
          RejectionCode.TOO_MANY, "the batch has records of more than " + MAX_MONTHS + " months");
    }
    months.add(name);
    return months.size() - 1;
  }
}
