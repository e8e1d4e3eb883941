package vellum.ingest.demo;

import com.google.protobuf.util.Timestamps;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import vellum.core.record.RecordId;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.RecordUpload;
import vellum.ingest.endpoint.ServerCalls;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;
import vellum.v1.Rating;

/**
 * The traffic of {@link LifeDemo}: some records a month, and what is remembered of them to look for
 * later. For one thread.
 */
final class LifeTraffic {

  private static final long SEED = 25;
  private static final int ACCOUNTS = 5;
  private static final int SUBSCRIBERS = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Endpoint endpoint;
  private final MovedClock clock;
  private final SortedSet<String> accounts = new TreeSet<>();
  private final Map<YearMonth, String> ids = new HashMap<>();
  private final Map<String, Long> recordsByNumber = new HashMap<>();
  private DetailRecord watched = DetailRecord.getDefaultInstance();
  private String watchedNumber = "";
  private long records;
  private int uploads;

  LifeTraffic(Endpoint endpoint, MovedClock clock) {
    this.endpoint = endpoint;
    this.clock = clock;
  }

  static Instant startOf(YearMonth month) {
    return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** Moves the clock to the end of a month, unless it is in it, and streams records of it. */
  void stream(YearMonth month, long count) {
    Instant end = startOf(month.plusMonths(1)).minusSeconds(60);
    Instant now = clock.instant();
    if (startOf(month).plus(Duration.ofDays(2)).isAfter(now)) {
      clock.moveTo(end);
    }
    Instant until = clock.instant().isBefore(end) ? clock.instant() : end;
    TrafficGenerator traffic =
        new TrafficGenerator(
            GeneratorOptions.of(SEED + month.getMonthValue(), count, startOf(month), until)
                .withAccounts(ACCOUNTS)
                .withSubscribers(SUBSCRIBERS)
                .withShares(0, 0, 0));
    upload(
        upload -> {
          while (traffic.next()) {
            upload.send(traffic.record(), traffic.messages());
            remember(month, traffic.record());
          }
        });
    records += traffic.distinctRecords();
  }

  private void remember(YearMonth month, DetailRecord record) {
    accounts.add(record.getAccount());
    String number = number(record.getSubmission().getRecipient());
    Set<String> numbers =
        new HashSet<>(List.of(number, number(record.getSubmission().getSender())));
    numbers.forEach(one -> recordsByNumber.merge(one, 1L, Long::sum));
    if (number.isEmpty()) {
      return;
    }
    ids.putIfAbsent(month, record.getRecordId());
    if (watchedNumber.isEmpty() && record.getRating().getSalePriceNanos() > 0) {
      watched = record;
      watchedNumber = number;
    }
  }

  /** A party's number, if that is what it has. */
  private static String number(Party party) {
    for (Identifier one : party.getIdentifiersList()) {
      if (one.getKind() == IdentifierKind.E164) {
        return one.getValue().startsWith("+") ? one.getValue().substring(1) : one.getValue();
      }
    }
    return "";
  }

  /**
   * Sends another rating of the watched record: so much more.
   *
   * @return its currency
   */
  String rateAgain(long moreNanos) {
    Rating before = watched.getRating();
    Rating after =
        before.toBuilder()
            .setVersion(before.getVersion() + 1)
            .setSalePriceNanos(before.getSalePriceNanos() + moreNanos)
            .build();
    DetailRecord update =
        watched.toBuilder().clearSubmission().clearDelivery().clearLegs().setRating(after).build();
    upload(upload -> upload.send(update, 1));
    return before.getCurrency();
  }

  /** Sends a record of March, a second after the watched one, that nobody had sent before. */
  void lateRecord(long nanos) {
    Instant start = Instant.ofEpochSecond(watched.getStartedAt().getSeconds() + 1);
    Rating price =
        Rating.newBuilder()
            .setVersion(1)
            .setUnits(1)
            .setSalePriceNanos(nanos)
            .setCurrency(watchedCurrency())
            .build();
    upload(upload -> upload.send(rated(start, price), 1));
  }

  /** Sends a record of a month whose rating has a unit and no price. */
  void unpriced(YearMonth month) {
    Instant start = startOf(month).plus(Duration.ofDays(9));
    Rating noPrice = Rating.newBuilder().setVersion(1).setUnits(1).build();
    upload(upload -> upload.send(rated(start, noPrice), 1));
  }

  /** A record of the watched one's account and channel, with a rating alone. */
  private DetailRecord rated(Instant start, Rating rating) {
    return DetailRecord.newBuilder()
        .setRecordId(RecordId.derived(start.toEpochMilli(), account(), "late").toString())
        .setStartedAt(Timestamps.fromMillis(start.toEpochMilli()))
        .setAccount(account())
        .setChannel(watched.getChannel())
        .setRating(rating)
        .build();
  }

  private void upload(Consumer<RecordUpload> use) {
    RecordUpload.Ports ports =
        new RecordUpload.Ports(
            "life " + ++uploads,
            PATIENCE,
            clock.millis(),
            System::nanoTime,
            new SecureRandom(),
            Executors.defaultThreadFactory());
    try (RecordUpload upload =
        RecordUpload.open(
            endpoint,
            (row, code, reason) -> {
              throw new IllegalStateException("refused: " + code + " " + reason);
            },
            ports)) {
      use.accept(upload);
      upload.flush();
    }
  }

  DemoTotals totals(ServerCalls calls, YearMonth month) {
    return DemoTotals.of(calls, accounts, startOf(month), startOf(month.plusMonths(1)));
  }

  /** Records sent. */
  long records() {
    return records;
  }

  /** Id of a record of March with a number. */
  String watched() {
    return watched.getRecordId();
  }

  /** Account of the watched record. */
  String account() {
    return watched.getAccount();
  }

  /** Currency of the watched record's rating. */
  String watchedCurrency() {
    return watched.getRating().getCurrency();
  }

  String watchedNumber() {
    return watchedNumber;
  }

  /** Records of the watched record's number. */
  long ofWatchedNumber() {
    return recordsByNumber.getOrDefault(watchedNumber, 0L);
  }

  /** Id of a record of a month with a number. */
  String someId(YearMonth month) {
    return ids.getOrDefault(month, "");
  }
}
