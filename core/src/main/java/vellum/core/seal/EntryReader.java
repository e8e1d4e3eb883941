package vellum.core.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.record.Wire;

/**
 * A cursor over the entries of a {@link SealedBatch}'s body as it comes out of the journal, without
 * copying. Layout in {@link SealedBatch}. Not thread-safe; reused from body to body.
 */
public final class EntryReader {

  private static final int FIRST_FORMAT = 1;
  private static final int FIRST_WITH_MARKS = 3;
  private static final int FIRST_WITH_MANY_MONTHS = 4;
  private static final int HINT_BYTES = 8;

  private final Wire wire = new Wire();
  private MonthId[] months = new MonthId[0];
  private int[] rejectedOffsets = new int[0];
  private int rejections;
  private int nextRejection;
  private int place;
  private int month;
  private int identities;
  private int hintsOffset;
  private int keyOffset;
  private int end;
  private int format;
  private int marks;
  private int code;
  private long originSequence;
  private int originPlace;
  private int originKeyOffset;
  private int originKeyLength;
  private int parts;

  /** Reads the head of a body; throws {@link BrokenRow}. */
  public EntryReader over(byte[] body, int offset, int length) {
    try {
      wire.over(body, offset, length);
      format = wire.readByte();
      if (format < FIRST_FORMAT || format > BatchSealer.FORMAT) {
        throw new BrokenRow(
            "batch has the format " + format + ", this version reads 1 to " + BatchSealer.FORMAT);
      }
      readMonths();
      readRejections();
      place = -1;
      return this;
    } catch (Wire.Truncated e) {
      throw new BrokenRow("batch ends in its head");
    }
  }

  private void readMonths() {
    int count = readMonth();
    if (count < 0 || count > wire.end() - wire.position()) {
      throw new BrokenRow("batch announces more months than it has bytes");
    }
    if (months.length < count) {
      months = Arrays.copyOf(months, count);
    }
    for (int i = 0; i < count; i++) {
      int length = wire.readByte();
      int from = wire.position();
      wire.skip(length);
      months[i] = MonthId.parse(new String(wire.bytes(), from, length, StandardCharsets.US_ASCII));
    }
  }

  /** A number of months, or one's place among them. */
  private int readMonth() {
    return format < FIRST_WITH_MANY_MONTHS ? wire.readByte() : (int) wire.readVarint();
  }

  private void readRejections() {
    rejections = (int) wire.readVarint();
    nextRejection = 0;
    if (rejections < 0 || rejections > wire.end() - wire.position()) {
      throw new BrokenRow("batch announces more rejections than it has bytes");
    }
    if (rejectedOffsets.length < rejections) {
      rejectedOffsets = new int[rejections];
    }
    for (int i = 0; i < rejections; i++) {
      rejectedOffsets[i] = (int) wire.readVarint();
      wire.readVarint();
    }
  }

  /** Whether an entry that is still to come takes a row out of suspense. */
  public boolean takesFromSuspense() {
    if (format < FIRST_WITH_MARKS) {
      return false;
    }
    int start = wire.position();
    try {
      boolean takes = false;
      while (!takes && wire.hasMore()) {
        int length = wire.readLength();
        int next = wire.position() + length;
        readMonth();
        if ((wire.readByte() & EntryWriter.MARKED) != 0) {
          takes = (wire.readByte() & (EntryWriter.RECYCLED | EntryWriter.RELEASED)) != 0;
        }
        wire.skip(next - wire.position());
      }
      return takes;
    } catch (Wire.Truncated e) {
      throw new BrokenRow("batch ends in an entry");
    } finally {
      wire.over(wire.bytes(), start, wire.end() - start);
    }
  }

  /** Moves to the next entry; false at the end. */
  public boolean next() {
    if (!wire.hasMore()) {
      return false;
    }
    try {
      int length = wire.readLength();
      end = wire.position() + length;
      month = readMonth();
      int flags = wire.readByte();
      identities = flags & ~(EntryWriter.SAME_PLACE | EntryWriter.MARKED);
      if ((flags & EntryWriter.SAME_PLACE) == 0) {
        toNextPlace();
      }
      readMarks((flags & EntryWriter.MARKED) != 0);
      hintsOffset = wire.position();
      keyOffset = hintsOffset + identities * HINT_BYTES;
      if (isReleased() ? keyOffset != end : keyOffset + RecordKey.BYTES > end) {
        throw new BrokenRow("entry is shorter than its key, or longer than what it releases");
      }
      if (isErasing() && !isReleased() && rowLength() != 0) {
        throw new BrokenRow("entry that erases has a row of " + rowLength() + " bytes");
      }
      wire.skip(end - hintsOffset);
      return true;
    } catch (Wire.Truncated e) {
      throw new BrokenRow("batch ends in an entry");
    }
  }

  private void readMarks(boolean marked) {
    marks = 0;
    code = 0;
    parts = ErasedParts.NONE;
    if (!marked) {
      return;
    }
    marks = wire.readByte();
    if (format < FIRST_WITH_MARKS || EntryWriter.isUnknown(marks, format)) {
      throw new BrokenRow("entry has the marks " + marks + " in a batch of format " + format);
    }
    if (isSuspended()) {
      code = (int) wire.readVarint();
    }
    if (isRecycled() || isReleased()) {
      originSequence = wire.readVarint();
      originPlace = (int) wire.readVarint();
      originKeyLength = wire.readByte();
      originKeyOffset = wire.position();
      wire.skip(originKeyLength);
    }
    if (isErasing()) {
      parts = ErasedParts.checked(wire.readVarint());
    }
  }

  private void toNextPlace() {
    place++;
    while (nextRejection < rejections && rejectedOffsets[nextRejection] == place) {
      nextRejection++;
      place++;
    }
  }

  /** Offset of the record in its batch, rejected ones counted; of its content the same. */
  public int place() {
    return place;
  }

  public byte[] bytes() {
    return wire.bytes();
  }

  public MonthId month() {
    return months[month];
  }

  /** Number of masked pseudonyms. */
  public int identities() {
    return identities;
  }

  /** Where the masked pseudonyms start, eight bytes each. */
  public int hintsOffset() {
    return hintsOffset;
  }

  /** Whether the record goes into suspense, by {@link #code}. */
  public boolean isSuspended() {
    return (marks & EntryWriter.SUSPENDED) != 0;
  }

  /** Number of the reason of suspense; 0 when the record is not suspended. */
  public int code() {
    return code;
  }

  /** Whether the record replaces a row in suspense of the same month. */
  public boolean isRecycled() {
    return (marks & EntryWriter.RECYCLED) != 0;
  }

  /**
   * Whether the entry has no row, but erases {@link #parts} of the record under its key; of the row
   * in suspense that is its {@link #origin} when it is {@linkplain #isReleased released}, too.
   */
  public boolean isErasing() {
    return (marks & EntryWriter.ERASES) != 0;
  }

  /** What is erased, of {@link ErasedParts}. */
  public int parts() {
    return parts;
  }

  /** Whether the entry has no record, but takes a row out of suspense. */
  public boolean isReleased() {
    return (marks & EntryWriter.RELEASED) != 0;
  }

  /** Whether the key is an archive key, padded with zeros, and the row has no identities. */
  public boolean hasArchiveKey() {
    return (marks & EntryWriter.ARCHIVE_KEY) != 0;
  }

  /** The row in suspense that is replaced or goes; makes an object. */
  public Suspended origin() {
    byte[] key = Arrays.copyOfRange(bytes(), originKeyOffset, originKeyOffset + originKeyLength);
    return new Suspended(month(), key, originSequence, originPlace);
  }

  /** Where the {@link RecordKey} starts, or the archive key. */
  public int keyOffset() {
    return keyOffset;
  }

  public int rowOffset() {
    return keyOffset + RecordKey.BYTES;
  }

  public int rowLength() {
    return end - rowOffset();
  }
}
