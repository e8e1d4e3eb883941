package vellum.bench.billing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ObjLongConsumer;
import vellum.core.billing.SaleCell;

/**
 * The cells that a month of traffic comes to, with the mix of channels, countries, networks and
 * outcomes that generated traffic has, and accounts of which the n-th sends as much as the first
 * divided by n. Each cell's count is drawn from a Poisson distribution, which is what counting
 * drawn records would give: 50 million records are 7 million cells. Not thread-safe.
 */
final class TrafficCells {

  /** Percent of the records, of the channels 1 to 9. */
  private static final double[] CHANNELS = {70, 1, 5, 10, 10, 1.5, 1.5, 0.5, 0.5};

  private static final int EMAIL = 4;

  /** Percent that is delivered, expired, undeliverable, rejected. */
  private static final double[] OUTCOMES = {93, 3, 3, 1};

  private static final int[] STATUS_GROUPS = {4, 5, 3, 6};
  private static final double ORIGINATED = 0.04;
  private static final int COUNTRIES = 34;
  private static final int NETWORKS = 3;

  /** From this mean on, counts are as good as normally distributed. */
  private static final double NORMAL = 50;

  /** A combination of what a cell has beside account and day, and its share of the records. */
  private record Mix(
      int channel, int direction, String country, String network, int status, double share) {}

  private final List<Mix> mixes = mixes();
  private final SplittableRandom random = new SplittableRandom(50);

  private static List<Mix> mixes() {
    List<Mix> mixes = new ArrayList<>();
    double countries = 0;
    for (int i = 0; i < COUNTRIES; i++) {
      countries += weight(i);
    }
    for (int channel = 1; channel <= CHANNELS.length; channel++) {
      for (int country = 0; country < COUNTRIES; country++) {
        double share = CHANNELS[channel - 1] / 100 * weight(country) / countries;
        if (channel == EMAIL) {
          outcomes(mixes, new Mix(channel, 1, iso(country), "", 0, share));
        } else {
          for (int n = 0; n < NETWORKS; n++) {
            String network = Integer.toString(20_000 + 100 * country + n);
            double part = share / NETWORKS;
            outcomes(mixes, new Mix(channel, 1, iso(country), network, 0, part * (1 - ORIGINATED)));
            outcomes(mixes, new Mix(channel, 2, "", network, 0, part * ORIGINATED));
          }
        }
      }
    }
    return mixes;
  }

  private static void outcomes(List<Mix> mixes, Mix of) {
    for (int i = 0; i < OUTCOMES.length; i++) {
      mixes.add(
          new Mix(
              of.channel,
              of.direction,
              of.country,
              of.network,
              STATUS_GROUPS[i],
              of.share * OUTCOMES[i] / 100));
    }
  }

  /** From 140 down to 8, as the generator's countries have them. */
  private static double weight(int country) {
    return 8
        + 132.0
            * (COUNTRIES - 1 - country)
            * (COUNTRIES - 1 - country)
            / (COUNTRIES - 1)
            / (COUNTRIES - 1);
  }

  private static String iso(int country) {
    return "" + (char) ('A' + country / 26) + (char) ('A' + country % 26);
  }

  /**
   * The cells of one account in some days.
   *
   * @param records a day, on average
   * @param use receives each cell and how many records it has
   */
  void each(String account, double records, int fromDay, int days, ObjLongConsumer<SaleCell> use) {
    for (Mix mix : mixes) {
      double mean = records * mix.share;
      double none = Math.exp(-mean);
      for (int day = fromDay; day < fromDay + days; day++) {
        long count = draw(mean, none);
        if (count > 0) {
          use.accept(
              new SaleCell(
                  account,
                  day,
                  mix.channel,
                  mix.direction,
                  2,
                  mix.country,
                  mix.network,
                  mix.status,
                  "EUR"),
              count);
        }
      }
    }
  }

  private long draw(double mean, double none) {
    if (mean > NORMAL) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double left = random.nextDouble();
    double share = none;
    long count = 0;
    while (left > share && count < 4 * NORMAL) {
      left -= share;
      count++;
      share *= mean / count;
    }
    return count;
  }
}
