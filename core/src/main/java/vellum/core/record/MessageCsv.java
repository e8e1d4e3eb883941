package vellum.core.record;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;

/**
 * Writes records as lines of CSV (RFC 4180), straight from their Protobuf encoding, in one walk
 * without an object for a field. A column a field of the schema, named by its path: {@code
 * submission.mcc_mnc}. What is not set, or 0, is empty. A party has three columns: its first
 * identifier, that one's kind, and the others as JSON; the legs have one of JSON. Not thread-safe;
 * reused from record to record.
 *
 * <p>The encoding must be canonical: fields in ascending order.
 */
public final class MessageCsv {

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] COMMAS = new byte[64];
  private static final int IDENTIFIERS_TAG = 1 << 3 | Wire.BYTES;
  private static final int SECONDS_TAG = Timestamp.SECONDS_FIELD_NUMBER << 3;
  private static final JsonShape IDENTIFIER = JsonShape.of(Identifier.getDescriptor());

  static {
    Arrays.fill(COMMAS, (byte) ',');
  }

  private final List<String> columns = new ArrayList<>();
  private final CsvShape shape;
  private final Wire wire = new Wire();
  private final Digits digits = new Digits();
  private final Output inner = new Output(1024);
  private final MessageJson identifiers = MessageJson.of(IDENTIFIER);
  private final MessageJson[] lists;

  /** Column of the cell that is being written. */
  private int at;

  /**
   * Lines of some fields.
   *
   * @param isWanted whether a field of the schema has cells; of a message, whether its fields may
   */
  public MessageCsv(Predicate<FieldDescriptor> isWanted) {
    shape = new CsvShape(DetailRecord.getDescriptor(), "", isWanted, columns);
    lists = new MessageJson[columns.size()];
  }

  /** Names of the columns. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /**
   * Writes a record's cells, without the end of a line.
   *
   * @throws IllegalArgumentException when the bytes are not a canonical record
   * @throws Wire.Truncated when they end too early
   */
  public void write(byte[] record, int offset, int length, Output out) {
    at = 0;
    wire.over(record, offset, length);
    fields(shape, out);
    to(columns.size() - 1, out);
  }

  private void to(int column, Output out) {
    if (column < at) {
      throw new IllegalArgumentException("the record is not canonical");
    }
    for (int left = column - at; left > 0; left -= COMMAS.length) {
      out.write(COMMAS, 0, Math.min(left, COMMAS.length));
    }
    at = column;
  }

  private void fields(CsvShape message, Output out) {
    while (wire.hasMore()) {
      long tag = wire.readVarint();
      CsvShape.Field field = message.field(tag);
      if (field == null) {
        skip(tag);
        continue;
      }
      switch (field.form()) {
        case VALUE -> value(field, out);
        case MESSAGE -> {
          int outer = wire.narrow(wire.readLength());
          fields(Objects.requireNonNull(field.message()), out);
          wire.widen(outer);
        }
        case PARTY -> {
          int outer = wire.narrow(wire.readLength());
          party(field.column(), out);
          wire.widen(outer);
        }
        case LIST -> list(field, tag, out);
      }
    }
  }

  private void skip(long tag) {
    if ((tag & 7) == Wire.VARINT) {
      wire.readVarint();
    } else {
      wire.skip(wire.readLength());
    }
  }

  private void value(CsvShape.Field field, Output out) {
    to(field.column(), out);
    switch (field.value().form()) {
      case TEXT -> {
        int length = wire.readLength();
        CsvCell.write(out, wire.bytes(), wire.position(), length);
        wire.skip(length);
      }
      case TIME -> time(out);
      default -> number(field.value(), wire.readVarint(), out);
    }
  }

  private void number(JsonShape.Field field, long value, Output out) {
    int low = (int) value;
    switch (field.form()) {
      case FLAG -> out.write(TRUE, 0, value == 0 ? 0 : TRUE.length);
      case INT_32 -> digits.number(out, low);
      case UINT_32 -> digits.number(out, Integer.toUnsignedLong(low));
      case SINT_32 -> digits.number(out, low >>> 1 ^ -(low & 1));
      case ENUM -> word(field.words(), low, out);
      default -> digits.number(out, value);
    }
  }

  /** The words of JSON have quotes around them. */
  private void word(byte[][] words, int value, Output out) {
    if (value >= 0 && value < words.length && words[value].length > 2) {
      out.write(words[value], 1, words[value].length - 2);
    } else {
      digits.number(out, value);
    }
  }

  private void time(Output out) {
    int outer = wire.narrow(wire.readLength());
    long seconds = 0;
    int nanos = 0;
    while (wire.hasMore()) {
      if (wire.readVarint() == SECONDS_TAG) {
        seconds = wire.readVarint();
      } else {
        nanos = (int) wire.readVarint();
      }
    }
    wire.widen(outer);
    digits.timestamp(out, seconds, nanos);
  }

  private void party(int column, Output out) {
    boolean isFirst = true;
    inner.clear();
    while (wire.hasMore()) {
      if (wire.readVarint() != IDENTIFIERS_TAG) {
        throw new IllegalArgumentException("the record is not canonical");
      }
      int length = wire.readLength();
      if (isFirst) {
        first(column, length, out);
        isFirst = false;
      } else {
        inner.writeByte(inner.size() == 0 ? '[' : ',');
        identifiers.write(wire.bytes(), wire.position(), length, inner);
        wire.skip(length);
      }
    }
    if (inner.size() > 0) {
      inner.writeByte(']');
      to(column + 2, out);
      CsvCell.write(out, inner.bytes(), 0, inner.size());
    }
  }

  /**
   * The first identifier: its kind stands before its value in the message, and behind in a line.
   */
  private void first(int column, int length, Output out) {
    int outer = wire.narrow(length);
    int kind = 0;
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      if (tag >>> 3 == Identifier.KIND_FIELD_NUMBER) {
        kind = (int) wire.readVarint();
      } else {
        int bytes = wire.readLength();
        to(column, out);
        CsvCell.write(out, wire.bytes(), wire.position(), bytes);
        wire.skip(bytes);
      }
    }
    wire.widen(outer);
    if (kind != 0) {
      to(column + 1, out);
      word(
          Objects.requireNonNull(IDENTIFIER.field(Identifier.KIND_FIELD_NUMBER)).words(),
          kind,
          out);
    }
  }

  private void list(CsvShape.Field field, long tag, Output out) {
    if (lists[field.column()] == null) {
      lists[field.column()] = MessageJson.of(Objects.requireNonNull(field.value().message()));
    }
    inner.clear();
    inner.writeByte('[');
    int behind;
    do {
      int length = wire.readLength();
      lists[field.column()].write(wire.bytes(), wire.position(), length, inner);
      wire.skip(length);
      behind = wire.position();
      if (!wire.hasMore() || wire.readVarint() != tag) {
        break;
      }
      inner.writeByte(',');
    } while (true);
    inner.writeByte(']');
    wire.over(wire.bytes(), behind, wire.end() - behind);
    to(field.column(), out);
    CsvCell.write(out, inner.bytes(), 0, inner.size());
  }
}
