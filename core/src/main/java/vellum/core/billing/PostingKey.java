package vellum.core.billing;

import java.time.YearMonth;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * Keys of postings, which lie together by what a statement asks for. A replay makes the same key
 * again, so nothing is posted twice.
 *
 * <pre>
 *   u8     kind
 *   u8     cube
 *   u24    period it is posted to: months since January of the year 0, big-endian
 *   u8     length of the party, then the party (UTF-8)
 *   i64    journal sequence, big-endian
 *   u32    place in the batch, big-endian
 *   u16    number in the message, big-endian
 * </pre>
 */
public final class PostingKey {

  private static final int TO_OFFSET = 2;
  private static final int LEAST_BYTES = 20;

  private PostingKey() {}

  /** The key of a posting. */
  public static byte[] of(Posting posting) {
    Output out = new Output(64);
    write(out, posting.kind(), posting.party().cube(), posting.to());
    CellKeys.writeText(out, posting.party().id());
    Posting.Origin origin = posting.origin();
    writeBigEndian(out, origin.sequence(), Long.BYTES);
    writeBigEndian(out, origin.place(), Integer.BYTES);
    writeBigEndian(out, origin.number(), Short.BYTES);
    return Arrays.copyOf(out.bytes(), out.size());
  }

  /**
   * Where postings to a period begin.
   *
   * @param party whose; null for the first of all
   */
  public static byte[] lowerBound(
      Posting.Kind kind, Cube cube, YearMonth to, @Nullable String party) {
    Output out = new Output(64);
    write(out, kind, cube, to);
    if (party != null) {
      CellKeys.writeText(out, party);
    }
    return Arrays.copyOf(out.bytes(), out.size());
  }

  /**
   * Where keys that begin with a prefix go on.
   *
   * @param after key behind which, be it one of them or not; null for the first of them
   */
  public static byte[] from(byte[] prefix, byte @Nullable [] after) {
    if (after == null || Arrays.compareUnsigned(after, prefix) < 0) {
      return prefix;
    }
    byte[] next = Arrays.copyOf(after, after.length + 1);
    byte[] end = behind(prefix);
    return Arrays.compareUnsigned(next, end) < 0 ? next : end;
  }

  /** The least key behind all that begin so. */
  public static byte[] behind(byte[] prefix) {
    byte[] end = prefix.clone();
    int at = end.length - 1;
    while (at >= 0 && end[at] == (byte) 0xFF) {
      at--;
    }
    if (at < 0) {
      throw new IllegalArgumentException("nothing is behind these bytes");
    }
    end[at]++;
    return Arrays.copyOf(end, at + 1);
  }

  /** The period in a key to which it is posted. */
  public static YearMonth to(byte[] key) {
    return month(
        (key[TO_OFFSET] & 0xFF) << 16
            | (key[TO_OFFSET + 1] & 0xFF) << 8
            | key[TO_OFFSET + 2] & 0xFF);
  }

  /** Reads a key as it was written. */
  static Key decode(byte[] bytes) {
    if (bytes.length < LEAST_BYTES) {
      throw new IllegalArgumentException("a posting's key has " + bytes.length + " bytes");
    }
    Wire wire = new Wire().over(bytes, 0, bytes.length);
    Posting.Kind kind = Posting.Kind.ofId(wire.readByte());
    Cube cube = Cube.ofId(wire.readByte());
    YearMonth to = month((int) readBigEndian(wire, 3));
    Party party = new Party(cube, CellKeys.readText(wire));
    Posting.Origin origin =
        new Posting.Origin(
            readBigEndian(wire, Long.BYTES),
            (int) readBigEndian(wire, Integer.BYTES),
            (int) readBigEndian(wire, Short.BYTES));
    return new Key(kind, party, to, origin);
  }

  /** The parts of a key. */
  record Key(Posting.Kind kind, Party party, YearMonth to, Posting.Origin origin) {}

  private static void write(Output out, Posting.Kind kind, Cube cube, YearMonth to) {
    out.writeByte(kind.id());
    out.writeByte(cube.id());
    writeBigEndian(out, number(to), 3);
  }

  /** Months since January of the year 0. */
  static int number(YearMonth month) {
    return (int) month.getLong(ChronoField.PROLEPTIC_MONTH);
  }

  static YearMonth month(int number) {
    return YearMonth.of(number / 12, number % 12 + 1);
  }

  static void writeBigEndian(Output out, long value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.writeByte((int) (value >>> shift));
    }
  }

  static long readBigEndian(Wire wire, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | wire.readByte();
    }
    return value;
  }
}
