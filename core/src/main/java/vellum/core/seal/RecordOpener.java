package vellum.core.seal;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AccountId;
import vellum.core.record.AspectKind;
import vellum.core.record.Field;
import vellum.core.record.IdentityClass;
import vellum.core.record.MessageShape;
import vellum.core.record.MonthId;
import vellum.core.record.Output;
import vellum.core.record.Wire;
import vellum.v1.DetailRecord;

/**
 * Turns a row back into a {@link DetailRecord}, with its identities clear, masked or absent. The
 * way back of {@link RecordSealer}; not on the hot path. Not thread-safe.
 */
public final class RecordOpener {

  private static final int LONGEST = 1024;
  private static final long MICROS = 1_000_000;

  private final byte[] plain = new byte[LONGEST];
  private final Wire wire = new Wire();
  private final Output out = new Output(4096);
  private long startedAtMicros;
  private long microsOfTimes = 1;
  private Identities identities = Identities.ABSENT;
  private @Nullable MonthCipher cipher;

  /** Day on which the record's content goes, 0 when it has none. */
  private long contentDay;

  /**
   * Opens a record without its content.
   *
   * @param monthCipher of its month; may be null when identities are to be absent
   */
  public DetailRecord open(
      SealedRecord record, Identities show, @Nullable MonthCipher monthCipher) {
    return open(record, show, monthCipher, ContentSource.NONE);
  }

  /**
   * Opens a record, with its content where identities are clear and the content is still there.
   *
   * @param monthCipher of its month; may be null when identities are to be absent
   */
  public DetailRecord open(
      SealedRecord record,
      Identities show,
      @Nullable MonthCipher monthCipher,
      ContentSource contents) {
    DetailRecord opened = openRow(record, show, monthCipher);
    if (contentDay == 0 || show != Identities.CLEAR) {
      return opened;
    }
    MonthId day = MonthId.content(LocalDate.ofEpochDay(contentDay));
    ContentSource.Content content = contents.find(day, record.key());
    return content == null ? opened : withContent(opened, content);
  }

  /** The period of content that a record's row names, or null when it names none. */
  public @Nullable MonthId contentOf(SealedRecord record) {
    openRow(record, Identities.ABSENT, null);
    return contentDay == 0 ? null : MonthId.content(LocalDate.ofEpochDay(contentDay));
  }

  private DetailRecord withContent(DetailRecord record, ContentSource.Content content) {
    try {
      DetailRecord kept = openRow(content.row(), Identities.CLEAR, content.cipher());
      boolean sameVersion =
          kept.getSubmission().getVersion() == record.getSubmission().getVersion();
      return sameVersion && kept.getAccount().equals(record.getAccount())
          ? record.toBuilder().mergeFrom(kept).build()
          : record;
    } catch (CryptoException.KeyDestroyed e) {
      return record;
    }
  }

  private DetailRecord openRow(
      SealedRecord record, Identities show, @Nullable MonthCipher monthCipher) {
    if (show != Identities.ABSENT && monthCipher == null) {
      throw new IllegalArgumentException("identities cannot be shown without the month's cipher");
    }
    RowReader row = record.reader();
    identities = show;
    contentDay = 0;
    cipher = monthCipher;
    UUID id = record.id();
    if (monthCipher != null) {
      monthCipher.record(
          AccountId.of(row.account()).hash(),
          id.getMostSignificantBits(),
          id.getLeastSignificantBits());
    }
    return open(row, record.startedAtMicros(), id);
  }

  /**
   * Opens a row without its identities.
   *
   * @param startedMicros microseconds since the epoch; of a stripped row, of its second
   * @param id its id, or null when nobody knows it: then the record has none
   */
  public DetailRecord openWithout(RowReader row, long startedMicros, @Nullable UUID id) {
    identities = Identities.ABSENT;
    cipher = null;
    return open(row, startedMicros, id);
  }

  private DetailRecord open(RowReader row, long startedMicros, @Nullable UUID id) {
    startedAtMicros = startedMicros;
    microsOfTimes = row.format() == RowFormat.STRIPPED ? MICROS : 1;
    out.clear();
    header(row, id);
    while (row.next()) {
      aspect(row);
    }
    try {
      return DetailRecord.parser().parseFrom(out.bytes(), 0, out.size());
    } catch (InvalidProtocolBufferException e) {
      throw new BrokenRow("row does not hold a message of the schema");
    }
  }

  private void header(RowReader row, @Nullable UUID id) {
    if (id != null) {
      text(DetailRecord.RECORD_ID_FIELD_NUMBER, id.toString());
    }
    timestamp(DetailRecord.STARTED_AT_FIELD_NUMBER, startedAtMicros);
    text(DetailRecord.ACCOUNT_FIELD_NUMBER, row.account());
    out.writeVarint((long) DetailRecord.CHANNEL_FIELD_NUMBER << 3);
    out.writeVarint(row.channel());
    if (!row.country().isEmpty()) {
      text(DetailRecord.COUNTRY_OF_LAW_FIELD_NUMBER, row.country());
    }
  }

  private void aspect(RowReader row) {
    AspectKind kind = row.kind();
    Field field = MessageShape.DETAIL_RECORD.required(kind.field());
    tag(field.number());
    int start = out.reserve(1);
    out.writeVarint(1L << 3);
    out.writeVarint(row.version());
    if (kind == AspectKind.LEG) {
      out.writeVarint(2L << 3);
      out.writeVarint(row.leg());
    }
    wire.over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
    fields(Objects.requireNonNull(field.message()), kind.id(), 0);
    out.closeLength(start);
  }

  private void fields(MessageShape shape, int aspect, int parent) {
    while (wire.hasMore()) {
      long tag = wire.readVarint();
      int number = (int) (tag >>> 3);
      Field field = shape.field(number);
      if (field == null) {
        throw new BrokenRow(shape.name() + " has no field " + number);
      }
      switch ((int) (tag & 7)) {
        case RowFormat.VARINT -> {
          long value = wire.readVarint();
          out.writeVarint(tag);
          out.writeVarint(value);
        }
        case RowFormat.TIME ->
            timestamp(number, startedAtMicros + wire.readZigzag() * microsOfTimes);
        case RowFormat.ZONE -> wire.readZigzag();
        case RowFormat.CONTENT -> contentDay = wire.readVarint();
        case RowFormat.SEALED -> sealed(number, RowFormat.sealPath(aspect, parent, number));
        case RowFormat.BYTES -> bytes(field, aspect, parent == 0 ? number : parent);
        default -> throw new BrokenRow(shape.name() + " has a field of an unknown type");
      }
    }
  }

  private void bytes(Field field, int aspect, int top) {
    int length = wire.readLength();
    tag(field.number());
    if (field.message() == null) {
      out.writeVarint(length);
      out.write(wire.bytes(), wire.position(), length);
      wire.skip(length);
      return;
    }
    int outer = wire.narrow(length);
    int start = out.reserve(1);
    fields(field.message(), aspect, top);
    out.closeLength(start);
    wire.widen(outer);
  }

  private void sealed(int number, int path) {
    int length = wire.readLength();
    IdentityClass identityClass = IdentityClass.of(wire.bytes()[wire.position()]);
    int from = wire.position() + 1;
    wire.skip(length);
    if (identities == Identities.ABSENT) {
      return;
    }
    int size =
        Objects.requireNonNull(cipher)
            .open(identityClass, path, wire.bytes(), from, length - 1, plain, 0);
    String text = new String(plain, 0, size, StandardCharsets.UTF_8);
    if (identityClass == IdentityClass.TEL && isNumber(text)) {
      text = "+" + text;
    }
    text(number, identities == Identities.CLEAR ? text : Mask.of(identityClass, text));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void text(int number, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    tag(number);
    out.writeVarint(bytes.length);
    out.write(bytes, 0, bytes.length);
  }

  private void timestamp(int number, long micros) {
    tag(number);
    int start = out.reserve(1);
    long seconds = Math.floorDiv(micros, MICROS);
    long nanos = Math.floorMod(micros, MICROS) * 1000;
    if (seconds != 0) {
      out.writeVarint(1L << 3);
      out.writeVarint(seconds);
    }
    if (nanos != 0) {
      out.writeVarint(2L << 3);
      out.writeVarint(nanos);
    }
    out.closeLength(start);
  }

  private void tag(int number) {
    out.writeVarint((long) number << 3 | 2);
  }
}
