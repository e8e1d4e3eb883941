package vellum.core.seal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.record.BadRecord;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.v1.RejectionCode;

/**
 * One thread's ciphers of what is kept apart from traffic: months of the usage log, days of
 * content. The ones used lately are kept. Not thread-safe.
 */
final class AsideCiphers {

  private static final int KEPT = 64;
  private static final long MICROS = 1_000_000;

  /** Months are named from this year on. */
  private static final long FIRST_MICROS =
      Instant.parse("2000-01-01T00:00:00Z").getEpochSecond() * MICROS;

  private final MonthCalendar calendar;
  private final KeyRing keys;
  private final Map<MonthId, MonthCiphers.Slot> slots =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MonthId, MonthCiphers.Slot> eldest) {
          return size() > KEPT;
        }
      };

  AsideCiphers(MonthCalendar calendar, KeyRing keys) {
    this.calendar = calendar;
    this.keys = keys;
  }

  /** The month of the usage log of a time; refuses one that is due for removal. */
  MonthCiphers.Slot usage(long atMicros, long nowMicros) {
    if (atMicros >= FIRST_MICROS) {
      Instant at = Instant.ofEpochSecond(Math.floorDiv(atMicros, MICROS));
      MonthId month = MonthId.usage(YearMonth.from(at.atOffset(ZoneOffset.UTC)));
      if (deadlineMicros(month) > nowMicros) {
        return slot(month);
      }
    }
    throw new BadRecord(
        RejectionCode.TIME_TOO_OLD, "that month of the usage log is due for removal");
  }

  /**
   * The content that goes at the start of a day of UTC; null when that has come.
   *
   * @param epochDay days since 1970-01-01
   */
  MonthCiphers.@Nullable Slot content(long epochDay, long nowMicros) {
    if (epochDay * 86_400 * MICROS <= nowMicros) {
      return null;
    }
    MonthId day = MonthId.content(LocalDate.ofEpochDay(epochDay));
    try {
      return deadlineMicros(day) > nowMicros ? slot(day) : null;
    } catch (CryptoException.KeyDestroyed e) {
      return null;
    }
  }

  /** Forgets all ciphers, so that those of destroyed keys do not linger. */
  void forgetDestroyed() {
    slots.clear();
  }

  private MonthCiphers.Slot slot(MonthId month) {
    MonthCiphers.Slot slot = slots.get(month);
    if (slot == null || keys.existing(month).isEmpty()) {
      slots.remove(month);
      slot = new MonthCiphers.Slot(month, keys.key(month).newCipher(), deadlineMicros(month));
      slots.put(month, slot);
    }
    return slot;
  }

  private long deadlineMicros(MonthId month) {
    return calendar.identityDeadline(month).getEpochSecond() * MICROS;
  }
}
