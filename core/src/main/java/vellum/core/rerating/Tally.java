package vellum.core.rerating;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import vellum.core.billing.Sum;

/** Counts and sums of a report while its records are read. Not thread-safe. */
final class Tally {

  /** Groups of a report, at most. */
  static final int MOST_GROUPS = 10_000;

  private final TreeMap<Key, Sums> groups =
      new TreeMap<>(
          Comparator.comparing(Key::currency)
              .thenComparingInt(Key::channel)
              .thenComparing(Key::mccMnc));
  private long read;
  private long unrated;
  private long matched;
  private long changed;
  private long unmatched;
  private long suspended;
  private long otherCurrency;
  private long lastVersion;

  private record Key(String currency, int channel, String mccMnc) {}

  private static final class Sums {
    private long matched;
    private long changed;
    private long unmatched;
    private final Sum before = new Sum();
    private final Sum after = new Sum();
  }

  /** Counts a record; one in suspense by {@link #suspended} instead. */
  void add(RatedRow row, Pricing.Verdict verdict, Pricing pricing) {
    read++;
    switch (verdict) {
      case UNRATED -> unrated++;
      case OTHER_CURRENCY -> otherCurrency++;
      case LAST_VERSION -> lastVersion++;
      case UNMATCHED -> {
        unmatched++;
        group(row, row.currency()).unmatched++;
      }
      case SAME, CHANGED -> {
        boolean changes = verdict == Pricing.Verdict.CHANGED;
        matched++;
        group(row, row.currency()).before.add(row.saleNanos());
        Sums sums = group(row, pricing.currency());
        sums.matched++;
        sums.after.add(pricing.priceNanos());
        if (changes) {
          changed++;
          sums.changed++;
        }
      }
    }
  }

  /** Counts a record of which a rating stands in suspense. */
  void suspended() {
    read++;
    suspended++;
  }

  private Sums group(RatedRow row, String currency) {
    Key key = new Key(currency, row.channel(), row.mccMnc());
    Sums sums = groups.get(key);
    if (sums == null) {
      if (groups.size() == MOST_GROUPS) {
        throw new RerateException.TooManyGroups(MOST_GROUPS);
      }
      sums = new Sums();
      groups.put(key, sums);
    }
    return sums;
  }

  long read() {
    return read;
  }

  RerateReport report() {
    List<RerateReport.Group> all = new ArrayList<>(groups.size());
    groups.forEach(
        (key, sums) ->
            all.add(
                new RerateReport.Group(
                    key.currency,
                    key.channel,
                    key.mccMnc,
                    sums.matched,
                    sums.changed,
                    sums.unmatched,
                    sums.before.value(),
                    sums.after.value())));
    return new RerateReport(
        read, unrated, matched, changed, unmatched, suspended, otherCurrency, lastVersion, all);
  }
}
