package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;
import vellum.core.seal.Suspended;
import vellum.core.seal.TestRecords;
import vellum.core.store.Scan;
import vellum.core.suspense.SuspendedRow;
import vellum.v1.DetailRecord;
import vellum.v1.Rating;

/**
 * Whatever is suspended, recycled and written off, and wherever a crash takes what was not flushed:
 * the journal, applied again in batches of another size, makes the same months.
 */
final class SuspenseReplayTest {

  private static final MonthId MONTH = MonthId.parse("2026-11.default");
  private static final int STEPS = 60;

  @TempDir Path directory;

  private static DetailRecord message(Random random) {
    long seed = random.nextInt(40);
    Rating.Builder rating =
        Rating.newBuilder().setVersion(1 + random.nextInt(2)).setUnits(1 + random.nextInt(3));
    if (random.nextInt(3) > 0) {
      rating.setSalePriceNanos(1 + random.nextInt(5)).setCurrency("EUR");
    }
    return TestRecords.sms(seed).toBuilder()
        .setAccount(random.nextInt(3) == 0 ? "unknown" : "acct-1")
        .setRating(rating)
        .build();
  }

  /** One step of whoever works with suspense. */
  private static void step(ApplyFixture fixture, SuspenseRig rig, Random random) {
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> {
        List<DetailRecord> messages = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          messages.add(message(random));
        }
        fixture.send(fixture.seal.judged(messages.toArray(new DetailRecord[0])));
        if (random.nextBoolean()) {
          fixture.apply();
        }
      }
      case 3 -> {
        String[] corrections =
            random.nextBoolean()
                ? new String[] {"account=acct-1"}
                : new String[] {
                  "account=acct-2",
                  "rating.currency=EUR",
                  "rating.version=" + (3 + random.nextInt(3))
                };
        rig.desk.recycle(some(rig, random), SuspenseRig.corrections(corrections), false);
      }
      case 4 -> rig.desk.writeOff(some(rig, random), "op", "test", false);
      default -> {
        fixture.apply();
        fixture.flusher.flushAll();
      }
    }
  }

  private static List<Suspended> some(SuspenseRig rig, Random random) {
    List<Suspended> ids = new ArrayList<>(rig.ids());
    ids.removeIf(id -> random.nextInt(3) > 0);
    return ids;
  }

  /** Rows of records and of suspense, by their keys. */
  private static Map<String, String> contents(ApplyFixture fixture) {
    Map<String, String> rows = new TreeMap<>();
    try (RecordStore.Hold hold = fixture.months.hold(MONTH);
        Scan scan = ((LiveMonth) hold.month()).scanRecords(new byte[0])) {
      while (scan.next()) {
        rows.put(hex(scan.key()), hex(scan.value()));
      }
      rows.put("suspended", Long.toString(hold.month().suspended()));
    }
    for (SuspendedRow row : new SuspenseRig(fixture).rows()) {
      String at = hex(row.at().key()) + "." + row.at().sequence() + "-" + row.at().place();
      rows.put("suspense " + at, row.message().code() + " " + hex(row.message().row()));
    }
    return rows;
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldMakeTheSameMonthsAfterACrash(long seed) {
    // given
    Random random = new Random(seed);
    Path crashed = directory.resolve("crashed");
    Map<String, String> expected;
    try (ApplyFixture fixture = new ApplyFixture(directory.resolve("whole"))) {
      SuspenseRig rig = new SuspenseRig(fixture);
      for (int i = 0; i < STEPS; i++) {
        step(fixture, rig, random);
      }
      fixture.apply();
      expected = contents(fixture);
      ApplyFixture.copy(directory.resolve("whole"), crashed);
    }

    // when
    ApplyConfig defaults = ApplyConfig.defaults();
    ApplyConfig other =
        new ApplyConfig(
            1 + random.nextInt(200),
            defaults.flushBytes(),
            Duration.ofSeconds(60),
            defaults.flushDistanceBytes(),
            defaults.checkpointEvery());
    try (ApplyFixture fixture = new ApplyFixture(crashed, other, 16)) {
      fixture.apply();

      // then
      assertThat(contents(fixture)).isEqualTo(expected);
      assertThat(expected).containsKey("suspended").hasSizeGreaterThan(10);
    }
  }
}
