package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.demo.BillingTraffic;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.MadeUpRegistry;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.StatusGroup;

/**
 * Totals against an oracle that sums the same input independently, to the last nano, through all
 * that happens to records in their life. {@code -Dvellum.oracle.records=3000000} makes it long,
 * {@code -Dvellum.oracle.seed} replays a run.
 */
final class TotalsOracleIT {

  private static final long SEED = Long.getLong("vellum.oracle.seed", 20_261_122L);
  private static final long RECORDS = Long.getLong("vellum.oracle.records", 6_000L);

  private static final Instant NOVEMBER = Instant.parse("2025-11-01T00:00:00Z");
  private static final Instant DECEMBER = Instant.parse("2025-12-01T00:00:00Z");
  private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");

  /** When November's identities go, and when the year 2025 goes. */
  private static final Instant DUE = Instant.parse("2026-12-01T00:00:00Z");

  private static final Instant YEAR_OVER = Instant.parse("2036-01-01T00:00:00Z");

  /** Every so many-th record has amounts of which a few leave 64 bits. */
  private static final int HUGE = 100;

  private final Random random = new Random(SEED);
  private final List<DetailRecord> sample = new ArrayList<>();
  @TempDir private Path home;

  @Test
  void shouldAgreeWithAnIndependentSumToTheLastNano() throws Exception {
    System.out.println(
        "totals oracle: -Dvellum.oracle.seed=" + SEED + " -Dvellum.oracle.records=" + RECORDS);
    GeneratorOptions november = traffic(0, RECORDS / 2, NOVEMBER, DECEMBER);
    GeneratorOptions whole = traffic(0, 0, NOVEMBER, FEBRUARY);
    try (OracleRig rig = new OracleRig(home, NOVEMBER.plus(Duration.ofDays(1)))) {
      OracleCheck check = new OracleCheck(rig, random);
      rig.register(MadeUpRegistry.yaml(whole));

      step("duplicates, aspects out of order, legs, currencies, zones");
      rig.clock.moveTo(DECEMBER.minusSeconds(60));
      rig.send(messages(november, this::noted));
      check.agrees("true");

      step("a restart, and all of it once more");
      rig.restart();
      check.agrees("true");
      rig.send(messages(traffic(0, RECORDS / 20, NOVEMBER, DECEMBER), m -> m));
      check.agrees("true");

      step("two more months, with records that are days late, and a crash before a flush");
      rig.clock.moveTo(JANUARY.minusSeconds(60));
      rig.send(messages(traffic(1, RECORDS / 4, DECEMBER, JANUARY), this::noted));
      rig.clock.moveTo(FEBRUARY.minusSeconds(60));
      rig.send(messages(traffic(2, RECORDS / 4, JANUARY, FEBRUARY), this::noted));
      rig.crash();
      rig.awaitApplied();
      check.agrees("true");

      step("November is billed");
      OracleClosings closings = new OracleClosings(rig);
      closings.close("2025-11");
      closings.areBilled("2025-11");
      closings.addUp();

      step("later versions, stale ones and conflicts of all that was");
      rig.send(updates(5));
      check.agrees("true");

      step("an account that moves: what was there keeps its day");
      rig.register(moved(whole));
      rig.send(messages(traffic(3, RECORDS / 20, JANUARY, FEBRUARY), this::noted));
      rig.send(updates(6));
      check.agrees("true");

      hasEverything(rig);
      closings.addUp();
      closings.areReproduced();
      closings.close("2025-12");

      step("November is stripped");
      rig.moveTo(DUE.plusSeconds(60));
      assertThat(rig.stage("2025-11.default")).isEqualTo("ARCHIVED");
      check.agrees("true");

      step("late records and updates find it in the archive; a crash");
      rig.send(messages(traffic(4, RECORDS / 20, NOVEMBER, DECEMBER), this::noted));
      rig.send(updates(7));
      check.agrees("true");
      rig.crash();
      rig.awaitApplied();
      check.agrees("true");
      rig.restart();
      check.agrees("true");

      step("a re-rating of live and archived records, and a crash");
      new OracleRerate(rig).run(check);
      rig.crash();
      rig.awaitApplied();
      check.agrees("true");
      closings.addUp();
      closings.areReproduced();

      step("the year 2025 expires");
      rig.moveTo(YEAR_OVER.plusSeconds(60));
      assertThat(rig.stage("2025-11.default")).isEqualTo("EXPIRED");
      check.agrees("started >= '2026-01-01T00:00:00Z'::TIMESTAMPTZ");
      rig.crash();
      rig.awaitApplied();
      check.agrees("started >= '2026-01-01T00:00:00Z'::TIMESTAMPTZ");
      System.out.println("totals oracle: " + rig.sent() + " messages, " + check.summary());
      System.out.println("totals oracle: " + closings.summary());
    }
  }

  private static void step(String what) {
    System.out.println("totals oracle: " + what);
  }

  /** The input has all that totals could be wrong by. */
  private void hasEverything(OracleRig rig) throws SQLException {
    assertThat(rig.duck.count("SELECT count(DISTINCT zone) FROM term WHERE kind = 'account'"))
        .as("zones")
        .isGreaterThan(5);
    assertThat(rig.duck.count("SELECT count(DISTINCT currency) FROM cost")).isGreaterThan(5);
    assertThat(
            rig.duck.count(
                "SELECT count(*) FROM (SELECT abs(sum(amount)) AS sum FROM sale GROUP BY account)"
                    + " WHERE sum > 9223372036854775807"))
        .as("sums beyond 64 bits")
        .isPositive();
    assertThat(
            rig.duck.count(
                "SELECT count(*) FROM (SELECT record_id FROM message WHERE rating IS NOT NULL"
                    + " GROUP BY record_id, rating.version HAVING count(DISTINCT rating) > 1)"))
        .as("conflicts")
        .isPositive();
    assertThat(rig.duck.count("SELECT count(*) FROM sale WHERE day <> started::DATE"))
        .as("days that differ from those of UTC")
        .isPositive();
  }

  private static GeneratorOptions traffic(int part, long records, Instant from, Instant until) {
    return GeneratorOptions.of(SEED + part, records, from, until)
        .withAccounts(40)
        .withSubscribers(20_000)
        .withShares(0.1, part == 1 || part == 2 ? 0.05 : 0, 0.6)
        .withBilling(new BillingTraffic(0.2, true), 0.1);
  }

  /** Every second account lives somewhere else now, always did, and so do the carriers. */
  private static byte[] moved(GeneratorOptions options) {
    String yaml =
        new String(MadeUpRegistry.yaml(options), java.nio.charset.StandardCharsets.UTF_8)
            .replace("Europe/Berlin", "Pacific/Kiritimati")
            .replace("Asia/Kolkata", "Pacific/Marquesas")
            .replace("America/New_York", "Australia/Eucla");
    return yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Iterator<DetailRecord> messages(
      GeneratorOptions options, UnaryOperator<DetailRecord> with) {
    TrafficGenerator generator = new TrafficGenerator(options);
    List<DetailRecord> next = new ArrayList<>(1);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        if (next.isEmpty() && generator.next()) {
          next.add(with.apply(extreme(generator.record())));
        }
        return !next.isEmpty();
      }

      @Override
      public DetailRecord next() {
        return next.remove(0);
      }
    };
  }

  /** The message, with the largest amounts there are when it is one of the few. */
  private static DetailRecord extreme(DetailRecord message) {
    int hash = message.getRecordId().hashCode();
    if (Math.floorMod(hash, HUGE) != 0) {
      return message;
    }
    long most = (hash & 1024) == 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    DetailRecord.Builder changed = message.toBuilder();
    if (changed.hasRating()) {
      changed.getRatingBuilder().setSalePriceNanos(most).setCostPriceNanos(Long.MAX_VALUE);
    }
    for (Leg.Builder leg : changed.getLegsBuilderList()) {
      if (leg.getCostNanos() != 0) {
        leg.setCostNanos(most);
      }
    }
    return changed.build();
  }

  /** Keeps some records, to come back to. */
  private DetailRecord noted(DetailRecord message) {
    if (message.hasSubmission() && message.getLegsCount() > 0 && random.nextInt(20) == 0) {
      sample.add(message);
    }
    return message;
  }

  /** Newer, older and conflicting versions of aspects of the noted records. */
  private Iterator<DetailRecord> updates(int version) {
    List<DetailRecord> updates = new ArrayList<>();
    for (DetailRecord record : sample) {
      DetailRecord header =
          record.toBuilder().clearSubmission().clearDelivery().clearRating().clearLegs().build();
      Consumer<DetailRecord.Builder> change = changes(record, version);
      DetailRecord.Builder update = header.toBuilder();
      change.accept(update);
      updates.add(update.build());
      if (random.nextInt(4) == 0) {
        // The same version with other content: refused, whatever it says.
        DetailRecord.Builder conflict = update.clone();
        if (conflict.hasRating()) {
          conflict
              .getRatingBuilder()
              .setSalePriceNanos(conflict.getRating().getSalePriceNanos() + 1);
        }
        for (Leg.Builder leg : conflict.getLegsBuilderList()) {
          leg.setCostNanos(leg.getCostNanos() + 1);
        }
        updates.add(conflict.build());
      }
      if (random.nextInt(4) == 0) {
        updates.add(update.build());
      }
    }
    return updates.iterator();
  }

  private Consumer<DetailRecord.Builder> changes(DetailRecord record, int version) {
    boolean isRerated = OracleRerate.ACCOUNTS.contains(record.getAccount());
    return switch (isRerated ? 2 * random.nextInt(2) : random.nextInt(4)) {
      case 0 ->
          update ->
              update
                  .getDeliveryBuilder()
                  .setVersion(version)
                  .setStatusGroup(StatusGroup.forNumber(1 + random.nextInt(6)));
      case 1 ->
          update ->
              update
                  .getRatingBuilder()
                  .setVersion(random.nextInt(3) == 0 ? 1 : version)
                  .setUnits(random.nextInt(9))
                  .setSalePriceNanos(random.nextLong() >> 8)
                  .setCostPriceNanos(random.nextInt())
                  .setBilledDurationMs(random.nextInt(60_000))
                  .setCurrency(random.nextBoolean() ? "EUR" : "SGD");
      case 2 ->
          update ->
              update.addLegs(
                  record.getLegs(0).toBuilder()
                      .setVersion(version)
                      .setStatusGroup(StatusGroup.DELIVERED)
                      .setCostNanos(random.nextLong() >> 8)
                      .setUnits(2)
                      .setCurrency("USD"));
      default ->
          update ->
              update.addLegs(
                  record.getLegs(0).toBuilder()
                      .setVersion(version)
                      .setNumber(3 + random.nextInt(3))
                      .setSupplier("carrier-" + (10 + random.nextInt(14)))
                      .setRoute("late-route")
                      .setSentAt(later(record))
                      .setCurrency("XDR")
                      .setCostNanos(-random.nextInt(1_000_000)));
    };
  }

  private static Timestamp later(DetailRecord record) {
    return record.getStartedAt().toBuilder()
        .setSeconds(record.getStartedAt().getSeconds() + 5)
        .build();
  }
}
