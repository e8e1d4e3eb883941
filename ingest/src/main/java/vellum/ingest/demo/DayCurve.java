package vellum.ingest.demo;

import java.time.Instant;
import java.util.List;

/**
 * When records start: ascending times that follow the countries' days and nights. The n-th of N
 * records starts where the n-th part of N of all traffic lies, give or take a part. Not
 * thread-safe.
 */
final class DayCurve {

  /** Traffic by local hour, in parts of the busiest. */
  private static final double[] BY_HOUR = {
    0.10, 0.07, 0.05, 0.04, 0.05, 0.09, 0.20, 0.45, 0.75, 0.95, 1.00, 0.98, //
    0.95, 0.90, 0.92, 0.94, 0.93, 0.90, 0.85, 0.75, 0.60, 0.45, 0.30, 0.18
  };

  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final int HOURS_OF_DAY = 24;

  private final long from;
  private final long until;
  private final long records;
  private final double[] byUtcHour = new double[HOURS_OF_DAY];
  private final double total;
  private long slotStart;
  private double before;
  private long made;

  DayCurve(List<Country> countries, Instant from, Instant until, long records) {
    this.from = micros(from);
    this.until = micros(until);
    this.records = records;
    for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
      for (Country country : countries) {
        byUtcHour[hour] += country.weight() * activity(country, hour);
      }
    }
    double sum = 0;
    for (long slot = this.from; slot < this.until; slot = slotEnd(slot)) {
      sum += mass(slot);
    }
    this.total = sum;
    this.slotStart = this.from;
  }

  /** How active a country is in an hour of the day in UTC. */
  static double activity(Country country, int utcHour) {
    int minutes = utcHour * 60 + country.utcOffsetMinutes() + 2 * 24 * 60;
    return BY_HOUR[minutes / 60 % HOURS_OF_DAY];
  }

  /** Hour of the day of a time in microseconds. */
  static int utcHour(long micros) {
    return (int) (Math.floorDiv(micros, HOUR_MICROS) % HOURS_OF_DAY);
  }

  /** Microseconds of the next record: not before the last one's. */
  long next(Dice dice) {
    double target = total * ((made + dice.unit()) / records);
    made++;
    double mass = mass(slotStart);
    while (before + mass <= target && slotEnd(slotStart) < until) {
      before += mass;
      slotStart = slotEnd(slotStart);
      mass = mass(slotStart);
    }
    long length = slotEnd(slotStart) - slotStart;
    double part = Math.min(1, Math.max(0, (target - before) / mass));
    return Math.min(until - 1, slotStart + (long) (part * length));
  }

  private double mass(long slot) {
    return byUtcHour[utcHour(slot)] * (slotEnd(slot) - slot);
  }

  private long slotEnd(long slot) {
    return Math.min(until, (Math.floorDiv(slot, HOUR_MICROS) + 1) * HOUR_MICROS);
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }
}
