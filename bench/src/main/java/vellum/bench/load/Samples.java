package vellum.bench.load;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;

/** Some of the records of a traffic, to ask for. Immutable but for the dice; not thread-safe. */
final class Samples {

  private static final int MOST = 10_000;

  private final List<Sample> samples;
  private final SplittableRandom dice;

  /**
   * A record.
   *
   * @param number of its recipient, E.164; made up
   */
  record Sample(String account, Instant startedAt, UUID id, String number) {

    String recordPath() {
      return "/v1/records/" + id;
    }

    /** Its account's records of its hour. */
    String hourPath() {
      Instant hour = startedAt.truncatedTo(ChronoUnit.HOURS);
      return "/v1/records?account=%s&from=%s&to=%s&limit=100"
          .formatted(account, hour, hour.plus(1, ChronoUnit.HOURS));
    }

    /** All records of its number. */
    String numberBody() {
      return "{\"subject\":\"%s\",\"limit\":100}".formatted(number);
    }

    /** Its account's totals of its month, by channel and network. */
    String totalsPath() {
      LocalDate first = startedAt.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
      return "/v1/billing/totals?account=%s&from=%s&to=%s&by=channel,mcc_mnc"
          .formatted(account, first, first.plusMonths(1));
    }
  }

  private Samples(List<Sample> samples, SplittableRandom dice) {
    this.samples = samples;
    this.dice = dice;
  }

  /**
   * Takes samples at even distances.
   *
   * @param messages that the traffic has
   */
  static Samples of(Traffic traffic, long messages, long seed) throws IOException {
    long step = Math.max(1, messages / MOST);
    List<Sample> samples = new ArrayList<>();
    long at = 0;
    for (int length = traffic.next(); length >= 0; length = traffic.next()) {
      if (at++ % step == 0) {
        DetailRecord record = DetailRecord.parser().parseFrom(traffic.bytes(), 0, length);
        for (Identifier one : record.getSubmission().getRecipient().getIdentifiersList()) {
          if (one.getKind() == IdentifierKind.E164) {
            samples.add(sample(record, one.getValue()));
          }
        }
      }
    }
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no record of the traffic has a number");
    }
    return new Samples(samples, new SplittableRandom(seed));
  }

  private static Sample sample(DetailRecord record, String number) {
    return new Sample(
        record.getAccount(),
        Instant.ofEpochSecond(record.getStartedAt().getSeconds(), record.getStartedAt().getNanos()),
        UUID.fromString(record.getRecordId()),
        number.startsWith("+") ? number : "+" + number);
  }

  /** The same ones for another thread, with dice of its own. */
  Samples forThread() {
    return new Samples(samples, dice.split());
  }

  /** One of them, by chance. */
  Sample any() {
    return samples.get(dice.nextInt(samples.size()));
  }
}
