package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.seal.TestRecords.NUMBER;
import static vellum.core.seal.TestRecords.STARTED;
import static vellum.core.seal.TestRecords.sms;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.FoundRecord;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MonthId;
import vellum.core.seal.Identities;
import vellum.core.seal.Suspended;
import vellum.core.seal.SuspenseCode;
import vellum.core.seal.TestRecords;
import vellum.core.suspense.SuspendedId;
import vellum.core.suspense.SuspendedRow;
import vellum.core.suspense.SuspenseDesk;
import vellum.core.suspense.SuspenseException;
import vellum.core.suspense.SuspenseFilter;
import vellum.core.suspense.SuspenseReader;
import vellum.core.suspense.SuspenseTotals;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.Rating;

/** What comes into suspense, stays there sealed, and leaves it once. */
final class SuspenseFlowTest {

  private static final MonthId MONTH = MonthId.parse("2026-11.default");

  @TempDir Path directory;

  private static DetailRecord unknown(long seed) {
    return sms(seed).toBuilder()
        .setAccount("unknown")
        .setRating(
            Rating.newBuilder()
                .setVersion(1)
                .setUnits(1)
                .setSalePriceNanos(3_000_000)
                .setCurrency("EUR"))
        .build();
  }

  private static DetailRecord unpriced(long seed) {
    return sms(seed).toBuilder().setRating(Rating.newBuilder().setVersion(1).setUnits(1)).build();
  }

  private static CanonicalIdentity person() {
    byte[] value = NUMBER.getBytes(StandardCharsets.UTF_8);
    return new CanonicalIdentity().read(IdentifierKind.E164_VALUE, value, 0, value.length);
  }

  private static void sendJudged(ApplyFixture fixture, DetailRecord... records) {
    fixture.send(fixture.seal.judged(records));
    fixture.apply();
  }

  private static DetailRecord only(ApplyFixture fixture, DetailRecord sent) {
    List<FoundRecord> found = fixture.finder.find(UUID.fromString(sent.getRecordId()));
    assertThat(found).hasSize(1);
    return LateRecordsTest.open(found.get(0));
  }

  @Test
  void shouldKeepASuspendedRecordOutOfEverythingElse() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      SuspenseRig rig = new SuspenseRig(fixture);

      sendJudged(fixture, unknown(1), sms(2));

      assertThat(fixture.totals().records()).isEqualTo(1);
      assertThat(fixture.finder.find(UUID.fromString(unknown(1).getRecordId()))).isEmpty();
      assertThat(fixture.finder.ofSubject(person(), null, 10).records()).hasSize(1);
      SuspendedRow row = rig.rows().get(0);
      assertThat(rig.codes()).containsExactly("UNKNOWN_ACCOUNT");
      assertThat(row.account()).isEqualTo("unknown");
      assertThat(row.saleNanos()).isEqualTo(3_000_000);
      assertThat(row.currency()).isEqualTo("EUR");
      assertThat(row.message().arrival().producer()).isEqualTo("test");
      assertThat(row.message().arrival().atMicros()).isPositive();
      assertThat(row.startedAtMicros() / 1000).isEqualTo(STARTED.toEpochMilli());
      assertThat(SuspendedId.parse(SuspendedId.text(row.at()))).contains(row.at());
      assertThat(rig.desk.show(row, Identities.MASKED).toString()).doesNotContain("1701234567");
      assertThat(rig.desk.reader().count()).isEqualTo(1);
    }
  }

  @Test
  void shouldRecycleUnderAnotherAccountWithItsIdentitiesOnce() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      SuspenseRig rig = new SuspenseRig(fixture);
      sendJudged(fixture, unknown(1));
      List<Suspended> ids = rig.ids();
      SuspenseDesk.Outcome dry =
          rig.desk.recycle(ids, SuspenseRig.corrections("account=acct-1"), true);
      assertThat(dry.recycled()).isEqualTo(1);
      assertThat(rig.ids()).isEqualTo(ids);

      // when
      SuspenseDesk.Outcome done = rig.recycle("account=acct-1");
      SuspenseDesk.Outcome again =
          rig.desk.recycle(ids, SuspenseRig.corrections("account=acct-2"), false);

      // then
      assertThat(done.recycled()).isEqualTo(1);
      assertThat(again.rows()).isZero();
      assertThat(rig.ids()).isEmpty();
      assertThat(fixture.totals().records()).isEqualTo(1);
      assertThat(only(fixture, unknown(1)).getAccount()).isEqualTo("acct-1");
      assertThat(fixture.finder.ofSubject(person(), null, 10).records()).hasSize(1);
    }
  }

  @Test
  void shouldApplyARowOnceThoughItIsRecycledTwiceInTheJournal() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      SuspenseRig rig = new SuspenseRig(fixture);
      sendJudged(fixture, unknown(1));
      Suspended row = rig.ids().get(0);
      byte[] one = unknown(1).toBuilder().setAccount("acct-1").build().toByteArray();
      byte[] other = unknown(1).toBuilder().setAccount("acct-2").build().toByteArray();

      // when
      fixture.seal.sealer.begin(account -> true);
      fixture.seal.sealer.recycle(row, one, 0, one.length);
      fixture.seal.sealer.recycle(row, other, 0, other.length);
      fixture.send(fixture.seal.sealer.finish());
      fixture.seal.sealer.begin(account -> true);
      fixture.seal.sealer.recycle(row, other, 0, other.length);
      fixture.seal.sealer.writeOff(row);
      fixture.send(fixture.seal.sealer.finish());
      fixture.apply();

      // then
      assertThat(fixture.totals().records()).isEqualTo(1);
      assertThat(only(fixture, unknown(1)).getAccount()).isEqualTo("acct-1");
      assertThat(rig.desk.reader().count()).isZero();
    }
  }

  @Test
  void shouldKeepWhatStillFailsAsItIsOrUnderItsNewCode() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      SuspenseRig rig = new SuspenseRig(fixture);
      sendJudged(fixture, unpriced(1).toBuilder().setAccount("unknown").build());
      List<Suspended> before = rig.ids();
      SuspendedRow first = rig.rows().get(0);

      assertThat(rig.recycle().still()).isEqualTo(Map.of(200, 1));
      assertThat(rig.ids()).as("nothing changed, nothing written").isEqualTo(before);
      assertThat(rig.recycle("account=acct-1").still()).isEqualTo(Map.of(202, 1));
      assertThat(rig.codes()).containsExactly("MISSING_PRICE");
      assertThat(rig.rows().get(0).message().arrival()).isEqualTo(first.message().arrival());
      assertThat(rig.recycle("rating.currency=EUR").recycled()).isEqualTo(1);
      assertThat(only(fixture, unpriced(1)).getRating().getCurrency()).isEqualTo("EUR");
    }
  }

  @Test
  void shouldRefuseWhatCannotBeRecycledAndSayWhy() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      SuspenseRig rig = new SuspenseRig(fixture);
      sendJudged(fixture, TestRecords.rated(1, 1, 5));
      sendJudged(fixture, TestRecords.rated(1, 1, 6));
      assertThat(rig.codes()).containsExactly("VERSION_CONFLICT");

      assertThat(rig.recycle().refused())
          .extracting(SuspenseDesk.Refused::reason)
          .containsExactly("needs a version of its own: --set ASPECT.version=N");
      assertThat(rig.recycle("delivery.version=2").refused())
          .extracting(SuspenseDesk.Refused::reason)
          .containsExactly("has no such aspect or leg to correct");
      assertThat(rig.recycle("rating.version=1").still())
          .as("the same conflict again")
          .isEqualTo(Map.of(35, 1));
      assertThat(rig.recycle("rating.version=2").recycled()).isEqualTo(1);
      assertThat(only(fixture, TestRecords.rated(1, 1, 6)).getRating().getSalePriceNanos())
          .isEqualTo(6);
      for (String bad :
          List.of("record_id=x", "submission.sender=x", "rating=1", "legs.0.supplier=x")) {
        assertThatThrownBy(() -> SuspenseRig.corrections(bad))
            .isInstanceOf(SuspenseException.BadCorrection.class);
      }
      assertThatThrownBy(() -> SuspenseRig.corrections("rating.units=two"))
          .hasMessage("rating.units: not a value that the field takes");
    }
  }

  @Test
  void shouldWriteOffWithANote() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      SuspenseRig rig = new SuspenseRig(fixture);
      sendJudged(fixture, unknown(1), unknown(2), unpriced(3));

      SuspenseTotals dry = rig.desk.writeOff(rig.ids(), "op", "closed account", true);
      assertThat(rig.ids()).hasSize(3);
      SuspenseTotals gone = rig.desk.writeOff(rig.ids(), "op", "closed account", false);

      assertThat(gone.codes()).isEqualTo(dry.codes());
      assertThat(gone.codes()).isEqualTo(Map.of("UNKNOWN_ACCOUNT", 2L, "MISSING_PRICE", 1L));
      assertThat(rig.ids()).isEmpty();
      assertThat(fixture.totals().records()).isZero();
      assertThat(rig.desk.notes().all())
          .singleElement()
          .satisfies(
              note -> {
                assertThat(note.reason()).isEqualTo("closed account");
                assertThat(note.rows()).isEqualTo(3);
                assertThat(note.amounts().get("EUR")).isEqualTo(6_000_000);
                assertThat(note.journalSequence()).isPositive();
              });
    }
  }

  @Test
  void shouldListByCodeAccountAndTimeInPieces() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      SuspenseRig rig = new SuspenseRig(fixture);
      DetailRecord later = sms(9, STARTED.plusSeconds(7200), NUMBER).setAccount("unknown").build();
      sendJudged(fixture, unknown(1), unknown(2), unpriced(3), later);
      SuspenseFilter unknown =
          new SuspenseFilter(200, "unknown", 0, micros(STARTED.plusSeconds(3600)), Long.MAX_VALUE);

      SuspenseReader.Page first = rig.desk.reader().page(unknown, null, 1);
      SuspenseReader.Page second = rig.desk.reader().page(unknown, first.next(), 5);

      assertThat(first.rows()).hasSize(1);
      assertThat(second.rows()).hasSize(1);
      assertThat(second.rows()).doesNotContainAnyElementsOf(first.rows());
      assertThat(second.next()).isNull();
      SuspenseFilter code = new SuspenseFilter(202, "", 0, Long.MAX_VALUE, Long.MAX_VALUE);
      assertThat(rig.desk.reader().page(code, null, 10).rows()).hasSize(1);
      SuspenseFilter asOf = new SuspenseFilter(0, "", 0, Long.MAX_VALUE, 1);
      assertThat(rig.desk.reader().page(asOf, null, 10).rows()).isEmpty();
    }
  }

  private static long micros(Instant instant) {
    return instant.toEpochMilli() * 1000;
  }

  @Test
  void shouldRecycleWithoutIdentitiesWhatWasStrippedMeanwhile() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      SuspenseRig rig = new SuspenseRig(fixture);
      sendJudged(fixture, sms(5), unknown(1), unknown(2), unknown(3));
      List<Suspended> live = rig.ids();
      try (StripSteps steps = new StripSteps(fixture, MONTH)) {
        steps.destroyKey();
        steps.rewrite();
        rig.desk.writeOff(live.subList(0, 1), "op", "while it is rewritten", false);
        sendJudged(fixture, unpriced(4));
        rig.desk.recycle(live.subList(1, 2), SuspenseRig.corrections("account=acct-1"), false);
        steps.switchOver().join();
      }
      assertThat(rig.codes()).containsExactlyInAnyOrder("UNKNOWN_ACCOUNT", "MISSING_PRICE");
      assertThat(rig.rows()).allMatch(row -> row.at().key().length == 18);
      assertThat(rig.desk.reader().count()).isEqualTo(2);

      // when
      SuspenseDesk.Outcome one =
          rig.desk.recycle(live, SuspenseRig.corrections("account=acct-1"), false);
      SuspenseDesk.Outcome other = rig.recycle("rating.currency=EUR");

      // then
      assertThat(one.rows()).as("found under the key of before").isEqualTo(1);
      assertThat(one.recycled()).isEqualTo(1);
      assertThat(other.recycled()).isEqualTo(1);
      assertThat(rig.ids()).isEmpty();
      assertThat(fixture.totals().records()).isEqualTo(4);
      assertThat(only(fixture, unpriced(4)).getRating().getCurrency()).isEqualTo("EUR");
      assertThat(fixture.catalog.owner(MONTH)).isEqualTo(Stage.Owner.ARCHIVE);
    }
  }

  @Test
  void shouldKeepWhatComesForAYearThatIsGoneInAPeriodOfItsOwn() {
    DetailRecord old =
        sms(7, Instant.parse("2014-05-04T10:00:00Z"), NUMBER).setAccount("acct-1").build();
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      SuspenseRig rig = new SuspenseRig(fixture);

      sendJudged(fixture, old, sms(1));

      assertThat(rig.codes()).containsExactly("EXPIRED_YEAR");
      SuspendedRow row = rig.rows().get(0);
      assertThat(row.at().period()).hasToString("2026-11.suspense");
      assertThat(rig.desk.show(row, Identities.CLEAR).toString()).doesNotContain("170");
      assertThat(fixture.totals().records()).isEqualTo(1);
      assertThat(rig.recycle().still()).isEqualTo(Map.of(SuspenseCode.EXPIRED_YEAR.number(), 1));
      assertThat(directory.resolve("suspense/2026-11")).isDirectory();
      try (RecordStore.Hold hold = fixture.months.hold(row.at().period())) {
        assertThat(hold.month().suspended()).isEqualTo(1);
      }
      assertThat(fixture.seal.calendar.removal(row.at().period()))
          .isEqualTo(Instant.parse("2027-12-01T00:00:00Z"));
      rig.desk.writeOff(rig.ids(), "op", "too old", false);
    }
    try (ApplyFixture reopened = new ApplyFixture(directory)) {
      assertThat(new SuspenseRig(reopened).ids()).isEmpty();
    }
  }
}
