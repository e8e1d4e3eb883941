package vellum.core.apply;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;
import vellum.core.billing.CellSink;
import vellum.core.billing.CostCell;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.billing.SaleCell;
import vellum.core.period.Month;
import vellum.core.record.RecordId;
import vellum.core.seal.TestRecords;
import vellum.v1.Channel;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;
import vellum.v1.Leg;
import vellum.v1.Rating;
import vellum.v1.StatusGroup;
import vellum.v1.Submission;
import vellum.v1.TrafficType;

/**
 * Messages made from a seed, in disorder: any aspects, versions up and down, duplicates, other
 * contents under a version that was there; and, apart from the product, what they come to, summed
 * from the messages as they were sent.
 */
final class CubeTraffic {

  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00.250Z");
  private static final int RECORDS = 400;

  /** Offsets of the accounts' and the suppliers' zones, in quarters of an hour: +5:30, -3:30. */
  private static final int ZONE = 22;

  private static final int SUPPLIER_ZONE = -14;

  private final long seed;
  private final Random random;

  /** Record → the message that its aspects come to; the first of a version stands. */
  private final Map<Integer, DetailRecord> sent = new HashMap<>();

  CubeTraffic(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** Puts accounts and suppliers into their zones. */
  static ApplyFixture open(Path directory) {
    ApplyFixture fixture = new ApplyFixture(directory);
    fixture.seal.zoneQuarters = ZONE;
    fixture.seal.supplierZoneQuarters = SUPPLIER_ZONE;
    return fixture;
  }

  List<DetailRecord> batch(int messages) {
    List<DetailRecord> batch = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      DetailRecord message = message(random.nextInt(RECORDS));
      batch.add(message);
    }
    return batch;
  }

  private DetailRecord message(int number) {
    SplittableRandom fixed = new SplittableRandom(seed * 31 + number);
    String account = "acct-" + fixed.nextInt(4);
    Instant start = FIRST.plus(Duration.ofSeconds(fixed.nextInt(20 * 86_400)));
    DetailRecord.Builder message =
        DetailRecord.newBuilder()
            .setRecordId(RecordId.derived(start.toEpochMilli(), account, "" + number).toString())
            .setStartedAt(TestRecords.timestamp(start))
            .setAccount(account)
            .setChannel(Channel.forNumber(1 + fixed.nextInt(3)));
    int parts = 1 + random.nextInt(15);
    if ((parts & 1) != 0) {
      message.setSubmission(submission(version(number, 1)));
    }
    if ((parts & 2) != 0) {
      message.setDelivery(delivery(version(number, 2)));
    }
    if ((parts & 4) != 0) {
      message.setRating(rating(version(number, 3)));
    }
    for (int leg = 1; leg <= 3; leg++) {
      if ((parts & 8) != 0 && random.nextBoolean()) {
        message.addLegs(leg(leg, version(number, 3 + leg)));
      }
    }
    if (message.getLegsCount() == 0 && parts == 8) {
      message.addLegs(leg(1, version(number, 4)));
    }
    DetailRecord built = message.build();
    sent.merge(number, built, CubeTraffic::merged);
    return built;
  }

  /** Which version a message brings, and chance that decides its contents, now and then another. */
  private Version version(int number, int aspect) {
    long version = 1L + random.nextInt(5);
    long other = random.nextInt(40) == 0 ? 7 : 0;
    long contents = ((seed * 1_000 + number) * 10 + aspect) * 20 + version + other;
    return new Version(version, new SplittableRandom(contents));
  }

  private record Version(long number, SplittableRandom of) {}

  private static Submission submission(Version version) {
    SplittableRandom of = version.of();
    return Submission.newBuilder()
        .setVersion(version.number())
        .setDirection(Direction.forNumber(of.nextInt(3)))
        .setTrafficType(TrafficType.forNumber(of.nextInt(4)))
        .setProducer("p" + of.nextInt(3))
        .setCountryOfRecipient(pick(of, "", "DE", "IN"))
        .setMccMnc(pick(of, "", "26201", "310260"))
        .setPortedMccMnc(pick(of, "", "26202"))
        .build();
  }

  private static Delivery delivery(Version version) {
    SplittableRandom of = version.of();
    return Delivery.newBuilder()
        .setVersion(version.number())
        .setStatusGroup(StatusGroup.forNumber(of.nextInt(6)))
        .setStatus("s")
        .build();
  }

  private static Rating rating(Version version) {
    SplittableRandom of = version.of();
    return Rating.newBuilder()
        .setVersion(version.number())
        .setUnits(of.nextInt(4))
        .setSalePriceNanos(amount(of))
        .setCostPriceNanos(amount(of))
        .setCurrency(pick(of, "EUR", "USD"))
        .setBilledDurationMs(of.nextInt(3) * 60_000L)
        .setRatePlanVersion("r1")
        .build();
  }

  private static Leg leg(int number, Version version) {
    SplittableRandom of = version.of();
    return Leg.newBuilder()
        .setNumber(number)
        .setVersion(version.number())
        .setSupplier(pick(of, "", "telco", "carrier"))
        .setConnection(pick(of, "", "smpp-1"))
        .setRoute(pick(of, "", "r", "route-2"))
        .setMccMnc(pick(of, "", "26203"))
        .setStatusGroup(StatusGroup.forNumber(of.nextInt(6)))
        .setUnits(of.nextInt(4))
        .setCostNanos(amount(of))
        .setCurrency(pick(of, "EUR", "CHF"))
        .build();
  }

  /** Refunds too, and sums that 64 bits do not hold. */
  private static long amount(SplittableRandom of) {
    return of.nextInt(8) == 0 ? of.nextLong() : of.nextLong(-1_000, 1_000_000);
  }

  private static String pick(SplittableRandom of, String... texts) {
    return texts[of.nextInt(texts.length)];
  }

  private static DetailRecord merged(DetailRecord there, DetailRecord comes) {
    DetailRecord.Builder both = there.toBuilder();
    if (comes.getSubmission().getVersion() > there.getSubmission().getVersion()) {
      both.setSubmission(comes.getSubmission());
    }
    if (comes.getDelivery().getVersion() > there.getDelivery().getVersion()) {
      both.setDelivery(comes.getDelivery());
    }
    if (comes.getRating().getVersion() > there.getRating().getVersion()) {
      both.setRating(comes.getRating());
    }
    Map<Integer, Leg> legs = new TreeMap<>();
    there.getLegsList().forEach(leg -> legs.put(leg.getNumber(), leg));
    comes
        .getLegsList()
        .forEach(
            leg ->
                legs.merge(
                    leg.getNumber(), leg, (a, b) -> b.getVersion() > a.getVersion() ? b : a));
    return both.clearLegs().addAllLegs(legs.values()).build();
  }

  /** What all that was sent comes to: cell → count, units, duration, amount, expected cost. */
  Map<Object, List<BigInteger>> expected() {
    Map<Object, List<BigInteger>> cells = new HashMap<>();
    sent.values().forEach(record -> add(record, cells));
    cells.values().removeIf(sums -> sums.stream().allMatch(sum -> sum.signum() == 0));
    return cells;
  }

  private static void add(DetailRecord record, Map<Object, List<BigInteger>> cells) {
    long second = record.getStartedAt().getSeconds();
    Submission submission = record.getSubmission();
    Rating rating = record.getRating();
    SaleCell sale =
        new SaleCell(
            record.getAccount(),
            day(second, ZONE),
            record.getChannelValue(),
            submission.getDirectionValue(),
            submission.getTrafficTypeValue(),
            submission.getCountryOfRecipient(),
            submission.getMccMnc(),
            record.getDelivery().getStatusGroupValue(),
            rating.getCurrency());
    add(
        cells,
        sale,
        1,
        rating.getUnits(),
        rating.getBilledDurationMs(),
        rating.getSalePriceNanos(),
        rating.getCostPriceNanos());
    for (Leg leg : record.getLegsList()) {
      CostCell cost =
          new CostCell(
              leg.getSupplier(),
              day(second, leg.getSupplier().isEmpty() ? 0 : SUPPLIER_ZONE),
              leg.getConnection(),
              leg.getRoute(),
              leg.getMccMnc(),
              record.getChannelValue(),
              leg.getStatusGroupValue(),
              leg.getCurrency());
      add(cells, cost, 1, leg.getUnits(), 0, leg.getCostNanos(), 0);
    }
  }

  private static int day(long second, int quarters) {
    return (int) Math.floorDiv(second + quarters * 900L, 86_400);
  }

  private static void add(Map<Object, List<BigInteger>> cells, Object cell, long... more) {
    List<BigInteger> sums =
        cells.computeIfAbsent(cell, any -> new ArrayList<>(List.of(ZERO, ZERO, ZERO, ZERO, ZERO)));
    for (int i = 0; i < more.length; i++) {
      sums.set(i, sums.get(i).add(BigInteger.valueOf(more[i])));
    }
  }

  private static final BigInteger ZERO = BigInteger.ZERO;

  /** The cells that a month shows. */
  static Map<Object, List<BigInteger>> shown(Month month) {
    CellMap sums = new CellMap();
    for (Cube cube : Cube.values()) {
      month.cells(CellRange.all(cube), sums::add);
    }
    return plain(sums);
  }

  /** Cells without those that are zero. */
  static Map<Object, List<BigInteger>> plain(CellMap sums) {
    Map<Object, List<BigInteger>> cells = new HashMap<>();
    for (Cube cube : Cube.values()) {
      sums.forEach(CellRange.all(cube), into(cube, cells));
    }
    return cells;
  }

  private static CellSink into(Cube cube, Map<Object, List<BigInteger>> cells) {
    return (key, offset, length, measures) ->
        cells.put(
            cube == Cube.SALE
                ? SaleCell.decode(key, offset, length)
                : CostCell.decode(key, offset, length),
            values(measures));
  }

  private static List<BigInteger> values(Measures measures) {
    return Arrays.asList(
        measures.count().value(),
        measures.units().value(),
        measures.durationMs().value(),
        measures.amount().value(),
        measures.expectedCost().value());
  }
}
