package vellum.ingest.demo;

import java.util.List;
import vellum.core.record.RecordId;
import vellum.ingest.demo.Communication.Outcome;
import vellum.v1.Channel;
import vellum.v1.Direction;

/** Draws communications, one after the other. Not thread-safe. */
final class Traffic {

  private static final Channel[] CHANNELS = {
    Channel.SMS,
    Channel.EMAIL,
    Channel.WHATSAPP,
    Channel.VOICE,
    Channel.VIBER,
    Channel.RCS,
    Channel.MMS,
    Channel.MESSENGER,
    Channel.TELEGRAM
  };

  /** Percent of the records, in the order of {@link #CHANNELS}. */
  private static final double[] CHANNEL_MIX = {70, 10, 10, 5, 1.5, 1.5, 1, 0.5, 0.5};

  private static final Outcome[] OUTCOMES = {
    Outcome.DELIVERED, Outcome.ABSENT, Outcome.UNKNOWN, Outcome.NETWORK, Outcome.REJECTED
  };

  /** Percent of the records, in the order of {@link #OUTCOMES}. */
  private static final double[] OUTCOME_MIX = {93, 3, 1.5, 1.5, 1};

  /** Sale price of a unit in nanos of its currency, in the order of {@link #CHANNELS}. */
  private static final long[] UNIT_PRICES = {
    52_000_000,
    400_000,
    61_000_000,
    250_000,
    30_000_000,
    25_000_000,
    140_000_000,
    8_000_000,
    8_000_000
  };

  /** How long a message to an absent subscriber is tried. */
  static final int VALIDITY_MS = 21_600_000;

  private static final long DAY_MICROS = 86_400_000_000L;
  private static final int MOST_DAYS_LATE = 10;

  private final GeneratorOptions options;
  private final Dice dice;
  private final Subscribers subscribers;
  private final DayCurve curve;
  private final List<Account> accounts;
  private final List<Country> countries;
  private final AliasTable accountShares;
  private final AliasTable channels = new AliasTable(CHANNEL_MIX);
  private final AliasTable outcomes = new AliasTable(OUTCOME_MIX);
  private final AliasTable[] countriesByHour = new AliasTable[24];

  Traffic(GeneratorOptions options, Dice dice, Subscribers subscribers, List<Country> countries) {
    this.options = options;
    this.dice = dice;
    this.subscribers = subscribers;
    this.countries = countries;
    this.curve =
        new DayCurve(countries, options.from(), options.until(), Math.max(1, options.records()));
    this.accounts = Account.all(options, subscribers);
    double[] zipf = new double[options.accounts()];
    for (int i = 0; i < zipf.length; i++) {
      zipf[i] = 1.0 / (i + 1);
    }
    this.accountShares = new AliasTable(zipf);
    for (int hour = 0; hour < countriesByHour.length; hour++) {
      double[] weights = new double[countries.size()];
      for (int c = 0; c < weights.length; c++) {
        weights[c] = countries.get(c).weight() * DayCurve.activity(countries.get(c), hour);
      }
      countriesByHour[hour] = new AliasTable(weights);
    }
  }

  Communication any() {
    return new Communication(accounts.get(0));
  }

  /** Draws the next communication into {@code c}. */
  void draw(Communication c) {
    long micros = curve.next(dice);
    c.country = countriesByHour[DayCurve.utcHour(micros)].draw(dice);
    boolean late = dice.chance(options.lateShare());
    c.startedMicros =
        late ? micros - DAY_MICROS - dice.below((MOST_DAYS_LATE - 1) * DAY_MICROS) : micros;
    c.recordId = RecordId.random(Math.floorDiv(c.startedMicros, 1000L), dice).toString();
    c.account = accounts.get(accountShares.draw(dice));
    int channel = channels.draw(dice);
    c.channel = CHANNELS[channel];
    c.direction = dice.below(100) < 4 && c.channel != Channel.EMAIL ? Direction.MO : Direction.MT;
    c.subscriber = subscribers.draw(dice, c.country);
    c.network = subscribers.network(c.country, c.subscriber);
    c.outcome = OUTCOMES[outcomes.draw(dice)];
    c.failover = dice.chance(options.failoverShare());
    c.route = dice.below(1 << 16);
    int kind = dice.below(100);
    c.segments = kind < 78 ? 1 : kind < 92 ? 2 : 3 + kind % 4;
    end(c, UNIT_PRICES[channel]);
  }

  private void end(Communication c, long unitPrice) {
    boolean delivered = c.outcome == Outcome.DELIVERED;
    if (c.channel == Channel.VOICE) {
      c.durationMs = delivered ? 1_000 + dice.below(240_000) : 0;
      c.deliveryMs = 3_000 + dice.below(12_000) + c.durationMs;
      c.units = (c.durationMs + 999) / 1000;
    } else {
      c.durationMs = 0;
      c.deliveryMs = c.outcome == Outcome.ABSENT ? VALIDITY_MS : 300 + dice.below(9_000);
      c.units = c.channel == Channel.SMS ? c.segments : 1;
    }
    long price = unitPrice + countries.get(c.country).iso().charAt(0) * 100_000L;
    c.saleNanos = price * c.units;
    c.costNanos = price * c.units * 7 / 10;
  }
}
