package vellum.core.seal;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AccountHash;
import vellum.core.record.AspectKind;
import vellum.core.record.Bytes;
import vellum.core.record.Digits;
import vellum.core.record.Field;
import vellum.core.record.IdentityClass;
import vellum.core.record.MessageShape;
import vellum.core.record.MonthId;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.record.TextRule;
import vellum.core.record.Wire;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;

/**
 * Turns a row back into a {@link DetailRecord}, with its identities clear, masked or absent: as an
 * object, or, many times as fast, in its Protobuf encoding, which is canonical. The way back of
 * {@link RecordSealer}. Not thread-safe.
 */
public final class RecordOpener {

  private static final int LONGEST = 1024;
  private static final int UUID_CHARS = 36;
  private static final long MICROS = 1_000_000;

  private final byte[] plain = new byte[LONGEST];
  private final RowReader row = new RowReader();
  private final AccountHash accounts = new AccountHash();
  private final Wire wire = new Wire();
  private final Output out = new Output(4096);
  private final MessageFields to = new MessageFields(out);
  private final Digits digits = new Digits();
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
    return parse(encode(record, show, monthCipher, contents));
  }

  /**
   * The same in its Protobuf encoding.
   *
   * @return what is valid until this opener is used again
   */
  public Output encode(
      SealedRecord record,
      Identities show,
      @Nullable MonthCipher monthCipher,
      ContentSource contents) {
    openRow(record, show, monthCipher);
    if (contentDay != 0 && show == Identities.CLEAR) {
      MonthId day = MonthId.content(LocalDate.ofEpochDay(contentDay));
      ContentSource.Content content = contents.find(day, record.key());
      if (content != null) {
        byte[] whole = withContent(parse(out), content).toByteArray();
        out.clear();
        out.write(whole, 0, whole.length);
      }
    }
    return out;
  }

  /** A record that was opened in its encoding. */
  public static DetailRecord parse(Output message) {
    try {
      return DetailRecord.parser().parseFrom(message.bytes(), 0, message.size());
    } catch (InvalidProtocolBufferException e) {
      throw new BrokenRow("row does not hold a message of the schema");
    }
  }

  /** The period of content that a record's row names, or null when it names none. */
  public @Nullable MonthId contentOf(SealedRecord record) {
    openRow(record, Identities.ABSENT, null);
    return contentDay == 0 ? null : MonthId.content(LocalDate.ofEpochDay(contentDay));
  }

  private DetailRecord withContent(DetailRecord record, ContentSource.Content content) {
    try {
      openRow(content.row(), Identities.CLEAR, content.cipher());
      DetailRecord kept = parse(out);
      boolean sameVersion =
          kept.getSubmission().getVersion() == record.getSubmission().getVersion();
      return sameVersion && kept.getAccount().equals(record.getAccount())
          ? record.toBuilder().mergeFrom(kept).build()
          : record;
    } catch (CryptoException.KeyDestroyed e) {
      return record;
    }
  }

  private void openRow(SealedRecord record, Identities show, @Nullable MonthCipher monthCipher) {
    if (show != Identities.ABSENT && monthCipher == null) {
      throw new IllegalArgumentException("identities cannot be shown without the month's cipher");
    }
    byte[] key = record.key();
    row.over(record.row(), 0, record.row().length);
    identities = show;
    cipher = monthCipher;
    if (monthCipher != null) {
      monthCipher.record(
          accounts.idHash(row.bytes(), row.accountOffset(), row.accountLength()),
          Bytes.getLong(key, RecordKey.ID_OFFSET),
          Bytes.getLong(key, RecordKey.ID_OFFSET + Long.BYTES));
    }
    begin(RecordKey.millis(key, 0) * 1000 + row.subMillis());
    to.tag(DetailRecord.RECORD_ID_FIELD_NUMBER);
    out.writeVarint(UUID_CHARS);
    digits.uuid(out, key, RecordKey.ID_OFFSET);
    fields(row);
  }

  /**
   * Opens a row without its identities.
   *
   * @param startedMicros microseconds since the epoch; of a stripped row, of its second
   * @param id its id, or null when nobody knows it: then the record has none
   */
  public DetailRecord openWithout(RowReader opened, long startedMicros, @Nullable UUID id) {
    return parse(encodeWithout(opened, startedMicros, id));
  }

  /**
   * The same in its Protobuf encoding.
   *
   * @return what is valid until this opener is used again
   */
  public Output encodeWithout(RowReader opened, long startedMicros, @Nullable UUID id) {
    identities = Identities.ABSENT;
    cipher = null;
    begin(startedMicros);
    if (id != null) {
      to.text(DetailRecord.RECORD_ID_FIELD_NUMBER, id.toString());
    }
    fields(opened);
    return out;
  }

  private void begin(long startedMicros) {
    startedAtMicros = startedMicros;
    contentDay = 0;
    out.clear();
  }

  /** Writes all behind the id. */
  private void fields(RowReader opened) {
    microsOfTimes = opened.format() == RowFormat.STRIPPED ? MICROS : 1;
    to.time(DetailRecord.STARTED_AT_FIELD_NUMBER, startedAtMicros);
    to.bytes(
        DetailRecord.ACCOUNT_FIELD_NUMBER,
        opened.bytes(),
        opened.accountOffset(),
        opened.accountLength());
    to.number(DetailRecord.CHANNEL_FIELD_NUMBER, opened.channel());
    String country = opened.country();
    if (!country.isEmpty()) {
      to.text(DetailRecord.COUNTRY_OF_LAW_FIELD_NUMBER, country);
    }
    while (opened.next()) {
      aspect(opened);
    }
  }

  private void aspect(RowReader opened) {
    AspectKind kind = opened.kind();
    Field field = MessageShape.DETAIL_RECORD.required(kind.field());
    to.tag(field.number());
    int start = out.reserve(1);
    to.number(Leg.VERSION_FIELD_NUMBER, opened.version());
    if (kind == AspectKind.LEG) {
      to.number(Leg.NUMBER_FIELD_NUMBER, opened.leg());
    }
    wire.over(opened.bytes(), opened.fieldsOffset(), opened.fieldsLength());
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
        case RowFormat.TIME -> to.time(number, startedAtMicros + wire.readZigzag() * microsOfTimes);
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
    if (field.message() == null) {
      to.bytes(field.number(), wire.bytes(), wire.position(), length);
      wire.skip(length);
      return;
    }
    to.tag(field.number());
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
            .open(identityClass, path, wire.bytes(), from, length - 1, plain, 1);
    boolean isNumber =
        identityClass == IdentityClass.TEL && TextRule.isDigits(plain, 1, size, 1, LONGEST);
    plain[0] = '+';
    int start = isNumber ? 0 : 1;
    if (identities == Identities.CLEAR) {
      to.bytes(number, plain, start, size + 1 - start);
    } else {
      String text = new String(plain, start, size + 1 - start, StandardCharsets.UTF_8);
      to.text(number, Mask.of(identityClass, text));
    }
  }
}
