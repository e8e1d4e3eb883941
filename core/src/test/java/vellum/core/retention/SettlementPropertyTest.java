package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.period.Stage;
import vellum.core.record.RecordId;
import vellum.core.seal.TestRecords;
import vellum.core.settlement.Closing;
import vellum.core.settlement.ManualPosting;
import vellum.core.settlement.PeriodDesk;
import vellum.core.settlement.PostingDesk;
import vellum.core.settlement.SettlementException;
import vellum.core.settlement.StatementRead;
import vellum.v1.Channel;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;
import vellum.v1.IdentifierKind;
import vellum.v1.Leg;
import vellum.v1.Rating;
import vellum.v1.StatusGroup;
import vellum.v1.Submission;

/**
 * Whatever comes, and whenever: all bills of a party together are what its records and its postings
 * by hand come to, and a statement that was made is made again byte for byte.
 */
final class SettlementPropertyTest {

  private static final List<String> CURRENCIES = List.of("EUR", "USD", "INR");
  private static final List<StatusGroup> STATUSES =
      List.of(StatusGroup.DELIVERED, StatusGroup.PENDING, StatusGroup.UNDELIVERABLE);
  private static final int STEPS = 120;

  @TempDir Path directory;

  /** The highest versions of a record's aspects, as a test knows them. */
  private static final class Known {
    final DetailRecord header;
    Rating rating = Rating.getDefaultInstance();
    final Map<Integer, Leg> legs = new TreeMap<>();
    long version = 1;

    Known(DetailRecord header) {
      this.header = header;
    }
  }

  /** One life of a data directory, and what the test knows of it. */
  private final class World {
    final Random random;
    final List<Known> records = new ArrayList<>();
    final List<DetailRecord> sent = new ArrayList<>();
    final Map<Party, Map<String, BigInteger>> manual = new HashMap<>();
    final Map<String, byte[]> statements = new HashMap<>();
    int lives;
    int reopened;
    Path current = directory.resolve("life-0");
    StripRig rig = new StripRig(current);
    Billed billed = new Billed(rig);

    World(long seed) {
      random = new Random(seed);
    }

    void step() {
      switch (random.nextInt(14)) {
        case 0, 1, 2 -> create();
        case 3, 4, 5, 6 -> change();
        case 7 -> repeat();
        case 8, 9 -> close();
        case 10 -> reopen();
        case 11 -> post();
        case 12 -> work();
        default -> restart();
      }
    }

    private void send(DetailRecord... messages) {
      rig.send(List.of(messages));
      sent.addAll(List.of(messages));
    }

    private YearMonth period() {
      YearMonth now = YearMonth.from(rig.wall.atOffset(ZoneOffset.UTC));
      return now.minusMonths(random.nextInt(3));
    }

    private Party party() {
      return random.nextBoolean()
          ? Billed.account("acct-" + random.nextInt(2))
          : Billed.supplier("carrier-" + random.nextInt(2));
    }

    /** New records, some of them a moment before or after midnight of the first of a month. */
    private void create() {
      Instant month = period().atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
      int number = records.size();
      Instant at =
          month.plusSeconds(random.nextInt(4) == 0 ? number % 3 - 1 : random.nextInt(1_500_000));
      if (at.isAfter(rig.wall)) {
        at = rig.wall;
      }
      String account = "acct-" + random.nextInt(2);
      DetailRecord header =
          DetailRecord.newBuilder()
              .setRecordId(
                  RecordId.derived(at.toEpochMilli(), account, Integer.toString(number))
                      .toString())
              .setStartedAt(TestRecords.timestamp(at))
              .setAccount(account)
              .setChannel(Channel.SMS)
              .build();
      Known known = new Known(header);
      records.add(known);
      DetailRecord.Builder first = header.toBuilder();
      if (random.nextBoolean()) {
        first.setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setDirection(Direction.MT)
                .setRecipient(TestRecords.party(IdentifierKind.E164, Traffic.number(number)))
                .setMccMnc("26201"));
      }
      rate(known, first);
      legs(known, first);
      send(first.build());
    }

    private void change() {
      if (records.isEmpty()) {
        return;
      }
      Known known = records.get(random.nextInt(records.size()));
      known.version++;
      DetailRecord.Builder next = known.header.toBuilder();
      int what = random.nextInt(4);
      if (what == 0 || what == 3) {
        rate(known, next);
      }
      if (what == 1 || what == 3) {
        next.setDelivery(
            Delivery.newBuilder()
                .setVersion(known.version)
                .setStatusGroup(STATUSES.get(random.nextInt(3))));
      }
      if (what == 2 || what == 3) {
        legs(known, next);
      }
      if (what != 2 || next.getLegsCount() > 0) {
        send(next.build());
      }
    }

    private void rate(Known known, DetailRecord.Builder into) {
      known.rating =
          Rating.newBuilder()
              .setVersion(known.version)
              .setUnits(1 + random.nextInt(3))
              .setSalePriceNanos(random.nextInt(1_000_000_000) - 1_000)
              .setCurrency(CURRENCIES.get(random.nextInt(3)))
              .build();
      into.setRating(known.rating);
    }

    private void legs(Known known, DetailRecord.Builder into) {
      for (int number = 1; number <= 2; number++) {
        if (random.nextBoolean()) {
          Leg leg =
              Leg.newBuilder()
                  .setVersion(known.version)
                  .setNumber(number)
                  .setSupplier("carrier-" + random.nextInt(2))
                  .setRoute("r" + random.nextInt(2))
                  .setStatusGroup(STATUSES.get(random.nextInt(3)))
                  .setCostNanos(random.nextInt(500_000_000))
                  .setCurrency(CURRENCIES.get(random.nextInt(3)))
                  .build();
          known.legs.put(number, leg);
          into.addLegs(leg);
        }
      }
    }

    /** A duplicate, or what is stale by now. */
    private void repeat() {
      if (!sent.isEmpty()) {
        rig.send(List.of(sent.get(random.nextInt(sent.size()))));
      }
    }

    private void close() {
      YearMonth now = YearMonth.from(rig.wall.atOffset(ZoneOffset.UTC));
      YearMonth period = now.minusMonths(1 + random.nextInt(2));
      try {
        PeriodDesk.Result result = billed.close(party(), period);
        Closing closing = result.closing();
        statements.put(
            name(closing),
            billed.periods.show(closing.party(), period, closing.revision()).statement());
      } catch (SettlementException.PeriodNotOver
          | SettlementException.AlreadyClosed
          | SettlementException.UnknownAccount
          | SettlementException.UnknownSupplier expected) {
        assertThat(expected.code()).isNotEmpty();
      }
    }

    private void reopen() {
      try {
        billed.periods.reopen(party(), period(), "a tariff was wrong", "operator", false);
        reopened++;
      } catch (SettlementException.NotClosed
          | SettlementException.UnknownAccount
          | SettlementException.UnknownSupplier expected) {
        assertThat(expected.code()).isNotEmpty();
      }
    }

    private void post() {
      Party party = party();
      try {
        ManualPosting posting =
            billed.postings.add(
                new PostingDesk.Request(
                    party,
                    period(),
                    ManualPosting.Kind.CORRECTION,
                    "-1.00000000" + (1 + random.nextInt(9)),
                    CURRENCIES.get(random.nextInt(3)),
                    "agreed",
                    null,
                    null,
                    0),
                "operator",
                false);
        manual
            .computeIfAbsent(party, any -> new HashMap<>())
            .merge(posting.currency(), posting.nanos(), BigInteger::add);
      } catch (SettlementException.AlreadyClosed
          | SettlementException.UnknownAccount
          | SettlementException.UnknownSupplier expected) {
        assertThat(expected.code()).isNotEmpty();
      }
    }

    private void work() {
      rig.pump();
      if (random.nextBoolean()) {
        rig.flusher.flushAll();
      }
      if (random.nextBoolean()) {
        rig.moveTo(rig.wall.plus(Duration.ofDays(random.nextInt(9))));
      }
    }

    /** A crash: what a copy of the files as they are leaves. */
    private void restart() {
      Path next = directory.resolve("life-" + ++lives);
      Copies.copy(current, next);
      Instant wall = rig.wall;
      rig.close();
      Copies.delete(current);
      current = next;
      rig = new StripRig(current, wall);
      billed = new Billed(rig);
    }

    /** All that fell due in a year and a half. */
    void strip() {
      rig.pump();
      rig.moveTo(rig.wall.plus(Duration.ofDays(400)));
      if (!rig.clock.state().isTrusted()) {
        rig.clock.confirm("operator", "the test's clock");
      }
      rig.settle();
    }

    void check(String when) {
      rig.pump();
      statements.forEach(
          (name, bytes) -> {
            String[] parts = name.split(" ", -1);
            Party party = new Party(Cube.valueOf(parts[0]), parts[1]);
            YearMonth period = YearMonth.parse(parts[2]);
            int revision = Integer.parseInt(parts[3]);
            assertThat(billed.periods.show(party, period, revision).statement())
                .as("%s %s", name, when)
                .isEqualTo(bytes);
            PeriodDesk.Verification found = billed.periods.verify(party, period, revision);
            assertThat(found.again()).as("%s made again %s", name, when).isEqualTo(found.stored());
          });
      for (int i = 0; i < 2; i++) {
        checkBills(Billed.account("acct-" + i), when);
        checkBills(Billed.supplier("carrier-" + i), when);
      }
    }

    private void checkBills(Party party, String when) {
      Map<String, BigInteger> billedSums = new TreeMap<>();
      BigInteger count = BigInteger.ZERO;
      Instant wall = rig.wall;
      YearMonth last = YearMonth.from(wall.atOffset(ZoneOffset.UTC)).plusMonths(1);
      for (YearMonth period = YearMonth.of(2026, 6);
          !period.isAfter(last);
          period = period.plusMonths(1)) {
        JsonNode bill = bill(party, period);
        for (JsonNode total : bill.path("totals")) {
          billedSums.merge(
              total.path("currency").asText(),
              new BigInteger(total.path("total_nanos").asText()),
              BigInteger::add);
        }
        count = count.add(bill.path("control").path("count").bigIntegerValue());
        for (JsonNode adjustment : bill.path("adjustments")) {
          count = count.add(adjustment.path("count").bigIntegerValue());
        }
      }
      billedSums.values().removeIf(sum -> sum.signum() == 0);
      assertThat(billedSums).as("%s %s", party, when).isEqualTo(expected(party));
      assertThat(count).as("count of %s %s", party, when).isEqualTo(expectedCount(party));
    }

    private JsonNode bill(Party party, YearMonth period) {
      List<Closing> closings = billed.periods.list(party.cube(), party.id(), period);
      boolean isClosed = !closings.isEmpty() && closings.get(closings.size() - 1).isClosed();
      try {
        return StatementRead.tree(
            (isClosed
                    ? billed.periods.show(party, period, 0)
                    : billed.periods.preview(party, period))
                .statement());
      } catch (SettlementException.UnknownAccount | SettlementException.UnknownSupplier nothing) {
        return StatementRead.tree(new byte[] {'{', '}'});
      }
    }

    private Map<String, BigInteger> expected(Party party) {
      Map<String, BigInteger> sums = new TreeMap<>(manual.getOrDefault(party, Map.of()));
      for (Known known : records) {
        if (party.cube() == Cube.SALE && known.header.getAccount().equals(party.id())) {
          sums.merge(
              known.rating.getCurrency(),
              BigInteger.valueOf(known.rating.getSalePriceNanos()),
              BigInteger::add);
        }
        if (party.cube() == Cube.COST) {
          known.legs.values().stream()
              .filter(leg -> leg.getSupplier().equals(party.id()))
              .forEach(
                  leg ->
                      sums.merge(
                          leg.getCurrency(),
                          BigInteger.valueOf(leg.getCostNanos()),
                          BigInteger::add));
        }
      }
      sums.values().removeIf(sum -> sum.signum() == 0);
      return sums;
    }

    private BigInteger expectedCount(Party party) {
      long count =
          party.cube() == Cube.SALE
              ? records.stream()
                  .filter(one -> one.header.getAccount().equals(party.id()))
                  .count()
              : records.stream()
                  .flatMap(one -> one.legs.values().stream())
                  .filter(leg -> leg.getSupplier().equals(party.id()))
                  .count();
      return BigInteger.valueOf(count);
    }
  }

  private static String name(Closing closing) {
    return closing.party().cube()
        + " "
        + closing.party().id()
        + " "
        + closing.period()
        + " "
        + closing.revision();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldBillEverythingOnceAndMakeStatementsAgain(long seed) {
    World world = new World(seed);
    try {
      for (int step = 0; step < STEPS; step++) {
        world.step();
        if (step % 40 == 39) {
          world.check("after step " + step + ", seed " + seed);
        }
      }
      world.strip();
      assertThat(world.rig.stage(StripRig.MONTH)).isEqualTo(Stage.ARCHIVED);
      world.check("after the strip, seed " + seed);
      for (int step = 0; step < STEPS / 4; step++) {
        world.change();
      }
      world.check("after changes in the archive, seed " + seed);
      world.restart();
      world.check("after the last restart, seed " + seed);
      assertThat(world.statements).as("closed").hasSizeGreaterThan(5);
      assertThat(world.reopened).as("reopened").isPositive();
      assertThat(world.lives).as("lives").isGreaterThan(3);
    } finally {
      world.rig.close();
    }
  }
}
