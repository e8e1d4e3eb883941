package vellum.core.record;

import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import vellum.v1.DetailRecord;
import vellum.v1.UsageRecord;

/**
 * Writes messages as JSON, straight from their Protobuf encoding: byte for byte what Protobuf's own
 * printer writes (JSON mapping of Protobuf, names as in the schema, without spaces), without an
 * object for a message, a text or a number. What is not set, or 0, is left out; numbers of 64 bits
 * are in quotes; enums have names; of a time's fraction there are 0, 3, 6 or 9 digits. Not
 * thread-safe; reused from message to message.
 *
 * <p>The encoding must be canonical: fields in ascending order, each once unless it is repeated, as
 * Protobuf and {@code RecordOpener} write them.
 */
public final class MessageJson {

  private static final JsonShape RECORD = JsonShape.of(DetailRecord.getDescriptor());
  private static final JsonShape EVENT = JsonShape.of(UsageRecord.getDescriptor());

  /** Of the highest number that a field can have. */
  private static final long MOST_TAG = 0xFFFF_FFFFL >>> 1;

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final int SECONDS_TAG = Timestamp.SECONDS_FIELD_NUMBER << 3;
  private static final int NANOS_TAG = Timestamp.NANOS_FIELD_NUMBER << 3;

  private final JsonShape shape;
  private final Wire wire = new Wire();
  private final Digits digits = new Digits();

  private MessageJson(JsonShape shape) {
    this.shape = shape;
  }

  /** Writes {@link DetailRecord}s. */
  public static MessageJson ofRecords() {
    return new MessageJson(RECORD);
  }

  /** Writes messages of a shape. */
  static MessageJson of(JsonShape shape) {
    return new MessageJson(shape);
  }

  /** Writes {@link UsageRecord}s. */
  public static MessageJson ofEvents() {
    return new MessageJson(EVENT);
  }

  /**
   * Writes a message as an object.
   *
   * @throws IllegalArgumentException when the bytes are not a canonical message of the schema
   * @throws Wire.Truncated when they end too early
   */
  public void write(byte[] message, int offset, int length, Output out) {
    wire.over(message, offset, length);
    object(shape, out);
  }

  /** A message as a text. */
  public String text(byte[] message) {
    Output out = new Output(4 * message.length);
    write(message, 0, message.length, out);
    return new String(out.bytes(), 0, out.size(), StandardCharsets.UTF_8);
  }

  private void object(JsonShape message, Output out) {
    out.writeByte('{');
    boolean isFirst = true;
    boolean inList = false;
    int last = 0;
    while (wire.hasMore()) {
      JsonShape.Field field = next(message, last);
      if (field.tag() == last) {
        out.writeByte(',');
        value(field, out);
        continue;
      }
      if (inList) {
        out.writeByte(']');
      }
      inList = field.isRepeated();
      last = field.tag();
      isFirst &= !named(field, isFirst, out);
    }
    if (inList) {
      out.writeByte(']');
    }
    out.writeByte('}');
  }

  /** Writes a field, or the first of a list; false when it has the default and is left out. */
  private boolean named(JsonShape.Field field, boolean isFirst, Output out) {
    int before = out.size();
    int skipped = isFirst ? 1 : 0;
    out.write(field.name(), skipped, field.name().length - skipped);
    if (field.isRepeated()) {
      out.writeByte('[');
    }
    boolean isSet = value(field, out);
    if (!isSet) {
      out.truncate(before);
    }
    return isSet;
  }

  /** The next field, which is behind the last, or another of its list. */
  private JsonShape.Field next(JsonShape message, int last) {
    long tag = wire.readVarint();
    JsonShape.Field field = tag < last || tag > MOST_TAG ? null : message.field((int) (tag >>> 3));
    if (field == null || field.tag() != tag || tag == last && !field.isRepeated()) {
      throw new IllegalArgumentException(message.name() + " is not canonical");
    }
    return field;
  }

  /** Writes a value; false when it is the default. */
  private boolean value(JsonShape.Field field, Output out) {
    return switch (field.form()) {
      case TEXT -> text(out);
      case TIME -> {
        int outer = wire.narrow(wire.readLength());
        time(out);
        wire.widen(outer);
        yield true;
      }
      case MESSAGE -> {
        int outer = wire.narrow(wire.readLength());
        object(Objects.requireNonNull(field.message()), out);
        wire.widen(outer);
        yield true;
      }
      default -> number(field, wire.readVarint(), out);
    };
  }

  private boolean text(Output out) {
    int length = wire.readLength();
    int from = wire.position();
    wire.skip(length);
    if (length > 0) {
      QuotedText.write(wire.bytes(), from, length, out);
    }
    return length > 0;
  }

  private boolean number(JsonShape.Field field, long value, Output out) {
    int low = (int) value;
    switch (field.form()) {
      case FLAG -> out.write(TRUE, 0, TRUE.length);
      case INT_32 -> digits.number(out, low);
      case UINT_32 -> digits.number(out, Integer.toUnsignedLong(low));
      case SINT_32 -> digits.number(out, low >>> 1 ^ -(low & 1));
      case INT_64, UINT_64 -> quotedNumber(field.form(), value, out);
      case ENUM -> word(field.words(), low, out);
      default -> throw new IllegalStateException("not a number: " + field.form());
    }
    return switch (field.form()) {
      case FLAG, INT_64, UINT_64 -> value != 0;
      default -> low != 0;
    };
  }

  private void quotedNumber(JsonShape.Form form, long value, Output out) {
    out.writeByte('"');
    if (form == JsonShape.Form.UINT_64 && value < 0) {
      byte[] text = Long.toUnsignedString(value).getBytes(StandardCharsets.US_ASCII);
      out.write(text, 0, text.length);
    } else {
      digits.number(out, value);
    }
    out.writeByte('"');
  }

  private void word(byte[][] words, int value, Output out) {
    if (value >= 0 && value < words.length && words[value].length > 0) {
      out.write(words[value], 0, words[value].length);
    } else {
      digits.number(out, value);
    }
  }

  private void time(Output out) {
    long seconds = 0;
    int nanos = 0;
    int last = 0;
    while (wire.hasMore()) {
      long tag = wire.readVarint();
      if (tag <= last || tag != SECONDS_TAG && tag != NANOS_TAG) {
        throw new IllegalArgumentException("Timestamp is not canonical");
      }
      last = (int) tag;
      if (tag == SECONDS_TAG) {
        seconds = wire.readVarint();
      } else {
        nanos = (int) wire.readVarint();
      }
    }
    out.writeByte('"');
    digits.timestamp(out, seconds, nanos);
    out.writeByte('"');
  }
}
