package vellum.core.billing;

import com.google.protobuf.ProtocolMessageEnum;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.Output;
import vellum.core.record.Wire;
import vellum.v1.Channel;
import vellum.v1.Direction;
import vellum.v1.StatusGroup;
import vellum.v1.TrafficType;

/** How the values of a dimension stand in cells' keys, and how people write them. Stateless. */
interface ValueForm {

  ValueForm TEXT = text();
  ValueForm DAY = day();
  ValueForm MONTH = month();
  ValueForm CHANNEL = enumeration(Channel.values());
  ValueForm DIRECTION = enumeration(Direction.values());
  ValueForm TRAFFIC_TYPE = enumeration(TrafficType.values());
  ValueForm STATUS_GROUP = enumeration(StatusGroup.values());
  ValueForm COUNTRY = code(2, "two letters of ISO 3166-1, such as DE");
  ValueForm CURRENCY = code(3, "three letters of ISO 4217, such as EUR");
  ValueForm NETWORK = network();

  String text(byte[] bytes, int offset, int length);

  /** The bytes of a text, or null when it cannot be a value. */
  byte @Nullable [] bytes(String text);

  /** What can be a value. */
  String expected();

  /** A form made of two functions; the second throws or gives null for what is no value. */
  private static ValueForm of(
      String expected, Function<Wire, String> read, Function<String, byte @Nullable []> write) {
    return new ValueForm() {
      @Override
      public String text(byte[] bytes, int offset, int length) {
        return read.apply(new Wire().over(bytes, offset, length));
      }

      @Override
      public byte @Nullable [] bytes(String text) {
        try {
          return write.apply(text);
        } catch (DateTimeException | NumberFormatException e) {
          return null;
        }
      }

      @Override
      public String expected() {
        return expected;
      }
    };
  }

  /** A name, without the length before it. */
  private static ValueForm text() {
    int most = AccountId.MAX_BYTES;
    return of(
        "a text of at most " + most + " bytes",
        wire ->
            new String(
                wire.bytes(),
                wire.position(),
                wire.end() - wire.position(),
                StandardCharsets.UTF_8),
        text -> {
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          return utf8.length > most ? null : utf8;
        });
  }

  /** Four bytes as {@link CellKeys#writeDay} writes them. */
  private static ValueForm day() {
    return of(
        "a day such as 2026-10-31",
        wire -> LocalDate.ofEpochDay(CellKeys.readDay(wire)).toString(),
        text -> dayBytes(Math.toIntExact(LocalDate.parse(text).toEpochDay())));
  }

  private static byte[] dayBytes(int day) {
    Output out = new Output(Integer.BYTES);
    CellKeys.writeDay(out, day);
    return out.bytes();
  }

  /** Months since the year 0, four bytes. No key has it: it follows from the day. */
  private static ValueForm month() {
    return of(
        "a month such as 2026-10",
        wire -> {
          int months = Bytes.getInt(wire.bytes(), wire.position());
          return YearMonth.of(Math.floorDiv(months, 12), Math.floorMod(months, 12) + 1).toString();
        },
        text -> monthBytes(YearMonth.parse(text)));
  }

  /** A month as its dimension has it. */
  static byte[] monthBytes(YearMonth month) {
    byte[] bytes = new byte[Integer.BYTES];
    Bytes.putInt(bytes, 0, month.getYear() * 12 + month.getMonthValue() - 1);
    return bytes;
  }

  /** Letters, or as many zeros. */
  private static ValueForm code(int letters, String expected) {
    Pattern form = Pattern.compile("([A-Z]{" + letters + "})?");
    return of(
        expected,
        wire -> CellKeys.readCode(wire, letters),
        text -> {
          String upper = text.toUpperCase(Locale.ROOT);
          return form.matcher(upper).matches()
              ? Arrays.copyOf(upper.getBytes(StandardCharsets.US_ASCII), letters)
              : null;
        });
  }

  /** A {@link Plmn}. */
  private static ValueForm network() {
    Pattern form = Pattern.compile("([0-9]{5,6})?");
    return of(
        "a mobile network's 5 or 6 digits",
        Plmn::read,
        text -> {
          if (!form.matcher(text).matches()) {
            return null;
          }
          Output out = new Output(Plmn.BYTES);
          Plmn.write(out, text);
          return Arrays.copyOf(out.bytes(), Plmn.BYTES);
        });
  }

  /** The byte of a number; the number itself is the text where this version has no name for it. */
  private static <E extends Enum<E> & ProtocolMessageEnum> ValueForm enumeration(E[] values) {
    String[] names = new String[256];
    Arrays.setAll(names, Integer::toString);
    names[0] = "";
    StringBuilder known = new StringBuilder("one of");
    for (E value : values) {
      if (!value.name().equals("UNRECOGNIZED") && value.getNumber() != 0) {
        names[value.getNumber()] = value.name();
        known.append(known.length() > 6 ? ", " : " ").append(value.name());
      }
    }
    return of(
        known.toString(),
        wire -> names[wire.readByte()],
        text -> {
          int number = Arrays.asList(names).indexOf(text.toUpperCase(Locale.ROOT));
          return number < 0 ? null : new byte[] {(byte) number};
        });
  }
}
