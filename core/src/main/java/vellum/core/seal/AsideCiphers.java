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
import vellum.core.record.MonthId;
import vellum.v1.RejectionCode;

/**
 * One thread's ciphers of what is kept apart from traffic: months of the usage log, days of
 * content. What the gate does not let be sealed is not taken at all: these periods are never
 * stripped. The ciphers used lately are kept. Not thread-safe.
 */
final class AsideCiphers {

  private static final int KEPT = 64;
  private static final long MICROS = 1_000_000;

  /** Months are named from this year on, and none that is older has content or usage. */
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);

  private final KeyRing keys;
  private final PeriodGate gate;
  private final Map<MonthId, MonthCiphers.Slot> slots =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MonthId, MonthCiphers.Slot> eldest) {
          return size() > KEPT;
        }
      };
  private long revision;

  AsideCiphers(KeyRing keys, PeriodGate gate) {
    this.keys = keys;
    this.gate = gate;
    this.revision = gate.revision();
  }

  /** Forgets all ciphers when the gate may say something else than when they were made. */
  void refresh() {
    long now = gate.revision();
    if (now != revision) {
      revision = now;
      slots.clear();
    }
  }

  /** The month of the usage log of a time; refuses one of which nothing is kept any more. */
  MonthCiphers.Slot usage(long atMicros) {
    LocalDate day =
        Instant.ofEpochSecond(Math.floorDiv(atMicros, MICROS))
            .atOffset(ZoneOffset.UTC)
            .toLocalDate();
    MonthCiphers.Slot slot = day.isBefore(FIRST) ? null : slot(MonthId.usage(YearMonth.from(day)));
    if (slot == null) {
      throw new BadRecord(
          RejectionCode.TIME_TOO_OLD, "nothing of that month of the usage log is kept any more");
    }
    return slot;
  }

  /**
   * The content that goes at the start of a day of UTC; null when that has come.
   *
   * @param epochDay days since 1970-01-01
   */
  MonthCiphers.@Nullable Slot content(long epochDay) {
    LocalDate day = LocalDate.ofEpochDay(epochDay);
    return day.isBefore(FIRST) || day.getYear() > 9999 ? null : slot(MonthId.content(day));
  }

  private MonthCiphers.@Nullable Slot slot(MonthId period) {
    MonthCiphers.Slot slot = slots.get(period);
    if (slot != null && keys.existing(period).isPresent()) {
      return slot;
    }
    slots.remove(period);
    if (gate.mode(period) != PeriodGate.Mode.SEAL) {
      return null;
    }
    try {
      slot = new MonthCiphers.Slot(period, keys.key(period).newCipher());
    } catch (CryptoException.KeyDestroyed e) {
      return null;
    }
    slots.put(period, slot);
    return slot;
  }
}
