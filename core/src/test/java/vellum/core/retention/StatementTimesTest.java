package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.retention.Billed.OCTOBER;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.seal.TestRecords;
import vellum.core.settlement.Closing;
import vellum.core.settlement.PeriodDesk;
import vellum.core.settlement.StatementRead;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Rating;

/** When the first and the last record of a statement started. */
final class StatementTimesTest {

  private static final Party ACME = Billed.account("acme");
  private static final Party CARRIER = Billed.supplier("carrier");
  private static final Party OTHER = Billed.supplier("other");

  @TempDir Path directory;

  /** A record with a leg of each supplier, of the first version or another. */
  private static DetailRecord record(String account, String at, long version, String... suppliers) {
    Instant started = Instant.parse(at);
    DetailRecord.Builder record =
        DetailRecord.newBuilder()
            .setRecordId(RecordId.derived(started.toEpochMilli(), account, "1").toString())
            .setStartedAt(TestRecords.timestamp(started))
            .setAccount(account)
            .setChannel(Channel.SMS)
            .setRating(Rating.newBuilder().setVersion(1).setUnits(1));
    for (int i = 0; i < suppliers.length; i++) {
      record.addLegs(
          Leg.newBuilder()
              .setVersion(version)
              .setNumber(i + 1)
              .setSupplier(suppliers[i])
              .setCostNanos(5)
              .setCurrency("EUR"));
    }
    return record.build();
  }

  /** Records of two accounts around October, by days of UTC. */
  private static StripRig applied(Path path) {
    StripRig rig = new StripRig(path);
    rig.send(
        List.of(
            record("acme", "2026-09-30T23:59:59.9Z", 1, "carrier"),
            record("beta", "2026-10-01T07:00:00Z", 1, "other"),
            record("acme", "2026-10-02T03:04:05.678Z", 1, "carrier", "carrier"),
            record("acme", "2026-10-02T03:04:06Z", 1),
            record("acme", "2026-10-20T10:00:00Z", 1, "carrier"),
            record("acme", "2026-10-20T10:00:01Z", 1, "other"),
            record("beta", "2026-10-31T23:59:59.999Z", 1, "carrier"),
            record("beta", "2026-11-01T00:00:00Z", 1, "carrier", "other")));
    rig.pump();
    return rig;
  }

  private static String times(PeriodDesk.Shown shown) {
    var control = StatementRead.tree(shown.statement()).path("control");
    return control.path("earliest_time").asText("none")
        + " "
        + control.path("latest_time").asText("none");
  }

  private static String times(Billed billed, Party party) {
    return times(billed.periods.show(party, OCTOBER, 0));
  }

  @Test
  void shouldSayWhenTheFirstAndTheLastRecordOfAnAccountStarted() {
    try (StripRig rig = applied(directory)) {
      Billed billed = new Billed(rig);
      billed.periods.closeAll(Cube.SALE, OCTOBER, "operator", false);
      assertThat(times(billed, ACME)).isEqualTo("2026-10-02T03:04:05Z 2026-10-20T10:00:01Z");
      assertThat(times(billed, Billed.account("beta")))
          .isEqualTo("2026-10-01T07:00:00Z 2026-10-31T23:59:59Z");
      assertThat(billed.periods.verify(ACME, OCTOBER, 0).isGood()).isTrue();
    }
  }

  @Test
  void shouldSayItOfTheLegsOfAllSuppliersThatAreClosedTogether() {
    try (StripRig rig = applied(directory)) {
      Billed billed = new Billed(rig);
      billed.periods.closeAll(Cube.COST, OCTOBER, "operator", false);
      assertThat(times(billed, CARRIER)).isEqualTo("2026-10-02T03:04:05Z 2026-10-31T23:59:59Z");
      assertThat(times(billed, OTHER)).isEqualTo("2026-10-01T07:00:00Z 2026-10-20T10:00:01Z");
    }
  }

  @Test
  void shouldGoByTheDaysOfTheAccountsZone() {
    String yaml =
        """
        format: 1
        accounts:
          - id: acme
            terms:
              - {from: 2026-01-01, billing_zone: Pacific/Auckland, currency: NZD, law_country: NZ}
              - {from: 2026-10-20, billing_zone: America/New_York, currency: USD, law_country: US}
        suppliers: []
        """;
    try (StripRig rig = new StripRig(directory)) {
      // given a last day in Auckland that begins before the last one in New York
      rig.registry.importYaml(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
      rig.send(
          List.of(
              record("acme", "2026-09-30T10:59:59Z", 1),
              record("acme", "2026-09-30T11:00:00Z", 1),
              record("acme", "2026-11-01T03:59:59Z", 1),
              record("acme", "2026-11-01T04:00:00Z", 1)));
      rig.pump();
      // when
      Billed billed = new Billed(rig);
      billed.close(ACME, OCTOBER);
      // then
      assertThat(times(billed, ACME)).isEqualTo("2026-09-30T11:00:00Z 2026-11-01T03:59:59Z");
    }
  }

  @Test
  void shouldSayNothingOfABillWithoutRecords() {
    try (StripRig rig = applied(directory)) {
      Billed billed = new Billed(rig);
      billed.close(ACME, OCTOBER.minusMonths(1));
      assertThat(times(billed.periods.show(ACME, OCTOBER.minusMonths(1), 0)))
          .isEqualTo("2026-09-30T23:59:59Z 2026-09-30T23:59:59Z");
      assertThat(times(billed.periods.preview(OTHER, OCTOBER.plusMonths(2)))).isEqualTo(" ");
    }
  }

  /** What comes after the closing: at both ends, and a leg that goes to another supplier. */
  private static void sendLate(StripRig rig) {
    rig.send(
        List.of(
            record("acme", "2026-10-01T00:00:00Z", 1, "carrier"),
            record("acme", "2026-10-31T23:59:59.999Z", 1, "carrier"),
            record("beta", "2026-10-01T07:00:00Z", 2, "carrier")));
    rig.pump();
  }

  @Test
  void shouldKeepTheTimesOfTheClosingWhateverComesLate() {
    try (StripRig rig = applied(directory)) {
      // given
      Billed billed = new Billed(rig);
      billed.close(ACME, OCTOBER);
      billed.periods.closeAll(Cube.COST, OCTOBER, "operator", false);
      String acme = times(billed, ACME);
      String other = times(billed, OTHER);
      // when
      sendLate(rig);
      // then
      assertThat(times(billed, ACME)).isEqualTo(acme);
      assertThat(times(billed, OTHER)).isEqualTo(other);
      assertThat(billed.periods.verify(ACME, OCTOBER, 0).isGood()).isTrue();
      assertThat(billed.periods.verify(OTHER, OCTOBER, 0).isGood()).isTrue();
      // and in a second revision, on which what was late does not stand
      billed.periods.reopen(ACME, OCTOBER, "a wrong tariff", "operator", false);
      billed.close(ACME, OCTOBER);
      assertThat(times(billed.periods.show(ACME, OCTOBER, 2))).isEqualTo(acme);
    }
  }

  @Test
  void shouldFindTheTimesOfTheClosingWhenTheStatementIsMadeLater() {
    Path copy = directory.resolve("copy");
    String acme;
    String other;
    try (StripRig rig = applied(directory.resolve("first"))) {
      Billed billed = new Billed(rig);
      billed.close(ACME, OCTOBER);
      acme = times(billed, ACME);
      billed.beforeStatements = () -> Copies.copy(rig.directory, copy);
      billed.periods.closeAll(Cube.COST, OCTOBER, "operator", false);
      other = times(billed, OTHER);
    }
    try (StripRig rig = new StripRig(copy)) {
      Billed billed = new Billed(rig);
      sendLate(rig);
      assertThat(times(billed, ACME)).isEqualTo(acme);
      assertThat(times(billed, OTHER)).isEqualTo(other);
    }
  }

  @Test
  void shouldProveThemAfterAStripAndFindTheSameInTheArchive() {
    try (StripRig rig = applied(directory)) {
      // given
      Billed billed = new Billed(rig);
      billed.close(ACME, OCTOBER);
      String acme = times(billed, ACME);
      String other = times(billed.periods.preview(OTHER, OCTOBER));
      // when
      rig.moveTo(Instant.parse("2027-11-01T00:00:00Z"));
      rig.settle();
      // then
      assertThat(rig.stage(MonthId.parse("2026-10.default"))).isEqualTo(Stage.ARCHIVED);
      assertThat(times(billed, ACME)).isEqualTo(acme);
      assertThat(billed.periods.verify(ACME, OCTOBER, 0).again()).isNotNull();
      assertThat(billed.periods.verify(ACME, OCTOBER, 0).isGood()).isTrue();
      Closing closed = billed.close(OTHER, OCTOBER).closing();
      assertThat(closed.statement().times())
          .isEqualTo(new Closing.Times("2026-10-01T07:00:00Z", "2026-10-20T10:00:01Z"));
      assertThat(times(billed, OTHER)).isEqualTo(other);
    }
  }
}
