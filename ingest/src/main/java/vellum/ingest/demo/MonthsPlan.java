package vellum.ingest.demo;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Traffic of whole months up to now.
 *
 * @param months 1 to 120, the current one included
 * @param traffic whose records, evenly, are those of all months together, and whose end is now
 */
public record MonthsPlan(int months, GeneratorOptions traffic) {

  private static final int MOST = 120;

  public MonthsPlan {
    if (months < 1 || months > MOST) {
      throw new IllegalArgumentException("months must be 1 to " + MOST + ": " + months);
    }
  }

  /** A month's traffic, and when the clock shows so that all of it is past. */
  record Part(YearMonth month, GeneratorOptions traffic, Instant streamedAt) {}

  /** The traffic of all months as one. */
  GeneratorOptions whole() {
    return new GeneratorOptions(
        traffic.seed(),
        traffic.records(),
        parts().get(0).traffic().from(),
        traffic.until(),
        traffic.accounts(),
        traffic.subscribers(),
        traffic.duplicateShare(),
        traffic.lateShare(),
        traffic.aspectShare(),
        traffic.failoverShare(),
        traffic.billing());
  }

  /** The months in their order. */
  List<Part> parts() {
    Instant now = traffic.until();
    YearMonth last = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    List<Part> parts = new ArrayList<>();
    long done = 0;
    for (int i = 0; i < months; i++) {
      YearMonth month = last.minusMonths(months - 1L - i);
      Instant from = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
      Instant end = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
      // A month that has only begun has an hour at least.
      Instant until = end.isAfter(now) ? latest(now, from.plus(1, ChronoUnit.HOURS)) : end;
      long upTo = traffic.records() * (i + 1) / months;
      parts.add(
          new Part(
              month,
              GeneratorOptions.of(traffic.seed() + i, upTo - done, from, until)
                  .withAccounts(traffic.accounts())
                  .withSubscribers(traffic.subscribers())
                  .withShares(traffic.duplicateShare(), traffic.lateShare(), traffic.aspectShare())
                  .withBilling(traffic.billing(), traffic.failoverShare()),
              end.isAfter(now) ? now : end.minus(1, ChronoUnit.MINUTES)));
      done = upTo;
    }
    return parts;
  }

  private static Instant latest(Instant one, Instant two) {
    return one.isAfter(two) ? one : two;
  }
}
