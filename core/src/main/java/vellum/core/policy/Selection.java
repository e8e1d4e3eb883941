package vellum.core.policy;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.v1.Direction;

/**
 * The selectors of one class, compiled: bit sets for what has few values, so that most records are
 * passed over by two comparisons. Allocates nothing. Immutable.
 */
final class Selection {

  /** Asks for a class whatever direction it names. */
  static final int EITHER_DIRECTION = -1;

  private static final int LETTERS = 26;

  private final ClassCalendar months;
  private final long fromMicros;
  private final long untilMicros;
  private final long channels;
  private final int direction;
  private final long @Nullable [] countries;
  private final Set<String> accounts;

  Selection(ClassCalendar months) {
    RetentionClass rule = months.rule();
    Selectors select = rule.select();
    this.months = months;
    this.fromMicros = micros(rule.from());
    this.untilMicros = micros(rule.until());
    this.channels =
        select.channel().isEmpty()
            ? -1
            : select.channel().stream().mapToLong(c -> 1L << c.getNumber()).sum();
    this.direction =
        select.direction().stream().mapToInt(Direction::getNumber).findFirst().orElse(0);
    this.countries = select.lawCountry().isEmpty() ? null : countries(select.lawCountry());
    this.accounts = select.account();
  }

  ClassCalendar months() {
    return months;
  }

  boolean hasDirection() {
    return direction != 0;
  }

  /** The accounts it names; whoever asks {@link #matches} has looked there. */
  Set<String> accounts() {
    return accounts;
  }

  /** Whether the class chooses a record, if it is of one of its accounts. */
  boolean matches(String law, int channel, int recordDirection, long startedAtMicros) {
    return startedAtMicros >= fromMicros
        && startedAtMicros < untilMicros
        && (channels >>> channel & 1) != 0
        && (direction == 0 || direction == recordDirection || recordDirection == EITHER_DIRECTION)
        && (countries == null || has(countries, law));
  }

  private static long micros(Instant instant) {
    if (instant.equals(Instant.MIN)) {
      return Long.MIN_VALUE;
    }
    return instant.equals(Instant.MAX) ? Long.MAX_VALUE : ClassCalendar.micros(instant);
  }

  private static long[] countries(Set<String> codes) {
    long[] bits = new long[LETTERS * LETTERS / Long.SIZE + 1];
    for (String code : codes) {
      int place = place(code);
      bits[place >>> 6] |= 1L << place;
    }
    return bits;
  }

  private static boolean has(long[] bits, String code) {
    if (code.length() != 2) {
      return false;
    }
    int place = place(code);
    return place >= 0 && place < LETTERS * LETTERS && (bits[place >>> 6] >>> place & 1) != 0;
  }

  private static int place(String code) {
    return (code.charAt(0) - 'A') * LETTERS + code.charAt(1) - 'A';
  }
}
