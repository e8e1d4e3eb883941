package vellum.core.policy;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;
import vellum.v1.Direction;

/**
 * The selectors of one class, compiled: bit sets for what has few values, so that most records are
 * passed over by two comparisons. Allocates nothing. Immutable.
 */
final class Selection {

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

  /** Whether the class chooses a record, if its direction is as asked for. */
  boolean matches(AccountId account, String law, int channel, long startedAtMicros) {
    return startedAtMicros >= fromMicros
        && startedAtMicros < untilMicros
        && (channels >>> channel & 1) != 0
        && (countries == null || has(countries, law))
        && (accounts.isEmpty() || accounts.contains(account.value()));
  }

  boolean matches(int recordDirection) {
    return direction == 0 || direction == recordDirection;
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
