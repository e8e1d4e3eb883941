package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.seal.TestRecords.rated;
import static vellum.core.seal.TestRecords.sms;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.FoundRecord;
import vellum.core.period.MonthState;
import vellum.core.record.MonthId;
import vellum.core.seal.RowReader;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;

/** Offsets of zones, when terms change between the messages of a record. */
final class ZoneRecordsTest {

  private static final MonthId MONTH = MonthId.parse("2026-11.default");

  @TempDir Path directory;

  private static DetailRecord legs(long version) {
    DetailRecord.Builder record = TestRecords.header(1, TestRecords.STARTED);
    for (int number = 1; number <= 2; number++) {
      record.addLegs(
          Leg.newBuilder()
              .setVersion(number == 1 ? version : 1)
              .setNumber(number)
              .setSupplier("carrier-a")
              .setCostNanos(5)
              .setCurrency("EUR"));
    }
    return record.build();
  }

  /** Offsets of the account and of every leg. */
  private static List<Integer> offsets(ApplyFixture fixture) {
    FoundRecord found = fixture.finder.find(UUID.fromString(sms(1).getRecordId())).get(0);
    RowReader row =
        found instanceof FoundRecord.Stripped stripped
            ? stripped.record().reader()
            : ((FoundRecord.Sealed) found).record().reader();
    List<Integer> offsets = new ArrayList<>(List.of(row.zoneQuarters()));
    while (row.next()) {
      if (row.leg() > 0) {
        offsets.add(row.legZoneQuarters());
      }
    }
    return offsets;
  }

  private static void terms(ApplyFixture fixture, int account, int supplier) {
    fixture.seal.zoneQuarters = account;
    fixture.seal.supplierZoneQuarters = supplier;
  }

  @Test
  void shouldTakeTheFirstMessagesOffsetAndEachLegVersionsOwn() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      terms(fixture, 22, 4);
      fixture.send(legs(1));

      // when
      terms(fixture, -14, 8);
      fixture.send(sms(1), legs(1), rated(1, 1, 7));
      fixture.apply();
      terms(fixture, 0, 0);
      fixture.send(legs(1), rated(1, 1, 7), sms(1));
      fixture.apply();

      // then
      assertThat(offsets(fixture)).containsExactly(22, 4, 4);
      MonthState state = fixture.totals();
      assertThat(state.duplicates()).as("sealed under other terms").isEqualTo(4);
      assertThat(state.conflicts()).isZero();

      // when
      terms(fixture, 1, 23);
      fixture.send(legs(2));
      fixture.apply();

      // then
      assertThat(offsets(fixture)).containsExactly(22, 23, 4);
      assertThat(fixture.totals().conflicts()).isZero();
    }
  }

  @Test
  void shouldTellARetryFromAConflictAfterTheStrip() {
    try (ApplyFixture fixture = new ApplyFixture(directory);
        StripSteps steps = new StripSteps(fixture, MONTH)) {
      // given
      terms(fixture, 22, 4);
      fixture.send(legs(1), sms(1));
      fixture.apply();
      steps.destroyKey();
      steps.rewrite();
      steps.switchOver().join();
      terms(fixture, -14, 0);

      // when
      fixture.send(legs(1));
      fixture.send(sms(1));
      fixture.apply();

      // then
      assertThat(offsets(fixture)).containsExactly(22, 4, 4);
      assertThat(fixture.totals().duplicates()).isEqualTo(2);
      assertThat(fixture.totals().conflicts()).isZero();

      // when
      terms(fixture, 0, -10);
      fixture.send(legs(3));
      fixture.apply();

      // then
      assertThat(offsets(fixture)).containsExactly(22, -10, 4);
    }
  }
}
