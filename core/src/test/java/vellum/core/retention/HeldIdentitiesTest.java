package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.retention.HeldRig.OTHER;
import static vellum.core.retention.HeldRig.VAULT;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.hold.HeldFirst;
import vellum.core.hold.PlacedHolds;
import vellum.core.hold.VaultScope;
import vellum.core.period.FoundRecord;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.seal.SealedRecord;
import vellum.core.search.Found;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;

/** Identities that holds keep while their month loses its key, and after. */
final class HeldIdentitiesTest {

  private static final MonthId MONTH = StripRig.MONTH;

  @TempDir Path directory;

  private final Traffic traffic = new Traffic(1, 120);

  private StripRig applied() {
    StripRig rig = new StripRig(directory);
    rig.send(traffic.records);
    rig.pump();
    return rig;
  }

  private static VaultScope number(MonthId vault, int number) {
    return new VaultScope(vault, HeldRig.numbers(Traffic.number(number)));
  }

  private static List<DetailRecord> records(List<Found> found) {
    return found.stream().map(Found::record).toList();
  }

  @Test
  void shouldKeepHeldRecordInItsVaultAndNowhereElse() {
    try (StripRig rig = applied()) {
      // given
      CaseScope held = HeldRig.numbers(Traffic.number(5), Traffic.number(7));
      VaultScope scope = new VaultScope(VAULT, held);
      rig.hold(scope);
      HeldRig.copy(rig, scope);
      assertThat(HeldRig.find(rig, held))
          .extracting(Found::place)
          .containsExactly(Found.Place.LIVE, Found.Place.LIVE);

      // when
      HeldRig.strip(rig);

      // then: the key died on time, and the vault has what it opened
      assertThat(rig.keys.destruction(MONTH).orElseThrow().at()).isEqualTo(StripRig.DEADLINE);
      assertThat(records(HeldRig.find(rig, held, VAULT)))
          .containsExactlyInAnyOrder(traffic.records.get(5), traffic.records.get(7));
      assertThat(HeldRig.find(rig, held)).isEmpty();
      assertThat(HeldRig.find(rig, HeldRig.numbers(Traffic.number(6)), VAULT)).isEmpty();
      assertThat(rig.holdVaults.records(VAULT)).isEqualTo(2);
      assertThat(rig.records(MONTH)).isEqualTo(120);
      Canaries canaries = new Canaries();
      for (int i = 0; i < 120; i++) {
        canaries.add(Traffic.number(i).substring(1));
      }
      assertThat(canaries.scan(directory)).isEmpty();
      assertThat(rig.months.months()).containsExactly(MONTH);
      assertThat(rig.worker.status().periods())
          .extracting(RetentionStatus.Period::month)
          .containsExactly(MONTH);
      byte[] certificate = rig.certificates.all().get(0).cms();
      assertThat(new String(certificate, StandardCharsets.ISO_8859_1))
          .contains(ErasureCertificate.HELD_STATEMENT)
          .doesNotContain("hold");
    }
  }

  @Test
  void shouldFindWhatIsHeldWhateverTheScopeNames() {
    try (StripRig rig = applied()) {
      Instant fifth = Traffic.start(5);
      List<CaseScope> scopes =
          List.of(
              HeldRig.scope(List.of(), "acct-1"),
              HeldRig.scope(List.of(CaseSubject.of(CaseSubject.Kind.SENDER_ID, "ACME")), "acct-2"),
              HeldRig.scope(
                  List.of(
                      CaseSubject.of(
                          CaseSubject.Kind.RECORD_ID, traffic.records.get(4).getRecordId()))),
              new CaseScope(
                  List.of(), new TreeSet<>(List.of("acct-2")), fifth, fifth.plusNanos(1), Set.of()),
              new CaseScope(
                  List.of(CaseSubject.of(CaseSubject.Kind.NUMBER, Traffic.number(5))),
                  new TreeSet<>(),
                  fifth,
                  fifth.plusSeconds(1),
                  Set.of(Channel.VOICE)));
      int[] expected = {40, 40, 1, 1, 0};
      for (int i = 0; i < expected.length; i++) {
        MonthId vault = MonthId.hold(VAULT.month(), "0000000" + i);
        HeldRig.copy(rig, new VaultScope(vault, scopes.get(i)));
        assertThat(rig.holdVaults.records(vault)).as("scope %s", i).isEqualTo(expected[i]);
      }
      HeldRig.strip(rig);
      assertThat(
              HeldRig.find(
                  rig, HeldRig.numbers(Traffic.number(5)), MonthId.hold(VAULT.month(), "00000003")))
          .singleElement()
          .satisfies(one -> assertThat(one.record()).isEqualTo(traffic.records.get(5)));
    }
  }

  @Test
  void shouldKeepRecordOfTwoHoldsWhenOneIsReleased() {
    try (StripRig rig = applied()) {
      // given
      VaultScope one = number(VAULT, 5);
      VaultScope other = new VaultScope(OTHER, HeldRig.scope(List.of(), "acct-2"));
      rig.hold(one, other);
      HeldRig.copy(rig, one);
      HeldRig.copy(rig, other);
      HeldRig.strip(rig);

      // when
      rig.hold(other);
      VaultEnd.Gone gone = HeldRig.release(rig, VAULT);

      // then
      assertThat(gone.records()).isEqualTo(1);
      assertThat(gone.key()).isEqualTo(rig.keys.destruction(VAULT).orElseThrow());
      assertThat(gone.files().listed())
          .anyMatch(file -> file.name().startsWith("holds/" + VAULT + "/"));
      assertThat(directory.resolve("holds").resolve(VAULT.toString())).doesNotExist();
      assertThat(HeldRig.find(rig, HeldRig.numbers(Traffic.number(5)), VAULT)).isEmpty();
      assertThat(records(HeldRig.find(rig, HeldRig.numbers(Traffic.number(5)), OTHER)))
          .containsExactly(traffic.records.get(5));
      assertThat(HeldRig.release(rig, VAULT)).isEqualTo(gone);
    }
  }

  @Test
  void shouldHoldLateRecordBeforeItIsStripped() {
    try (StripRig rig = applied()) {
      // given
      VaultScope scope = number(VAULT, 130);
      rig.hold(scope);
      HeldRig.copy(rig, scope);
      List<DetailRecord> late = Traffic.late(120, 20);
      rig.moveTo(StripRig.DEADLINE.minus(KeyDuty.HOLD_LEAD));
      rig.settle();

      // when: in the journal only when the key dies
      rig.send(late.subList(10, 11));
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);

      // then
      assertThat(HeldRig.kept(rig, VAULT, late.get(10))).contains(late.get(10));
      assertThat(rig.records(MONTH)).isEqualTo(121);
    }
  }

  @Test
  void shouldHoldRecordThatComesWhenItsMonthHasNoIdentitiesAnyMore() {
    try (StripRig rig = applied()) {
      // given
      VaultScope ongoing = number(VAULT, 130);
      VaultScope historic = number(OTHER, 130);
      rig.hold(ongoing);
      HeldRig.copy(rig, ongoing);
      HeldRig.copy(rig, historic);
      HeldRig.strip(rig);
      List<DetailRecord> late = Traffic.late(120, 20);

      // when
      rig.send(late);
      rig.pump();

      // then: what is held that day is not what comes
      assertThat(rig.records(MONTH)).isEqualTo(140);
      assertThat(HeldRig.kept(rig, VAULT, late.get(10))).contains(late.get(10));
      assertThat(rig.holdVaults.records(VAULT)).isEqualTo(1);
      assertThat(rig.holdVaults.records(OTHER)).isZero();
      Canaries canaries = new Canaries();
      late.forEach(
          record ->
              canaries.add(
                  record.getSubmission().getRecipient().getIdentifiers(0).getValue().substring(1)));
      assertThat(canaries.scan(directory)).isEmpty();
    }
  }

  @Test
  void shouldCopyAgainWhatBecameOfARecordBeforeItsMonthEnds() {
    try (StripRig rig = applied()) {
      // given
      VaultScope scope = number(VAULT, 0);
      rig.hold(scope);
      HeldRig.copy(rig, scope);
      rig.moveTo(StripRig.DEADLINE.minus(KeyDuty.HOLD_LEAD));
      rig.settle();

      // when: nothing in it says whose it is
      rig.send(traffic.ratings(200, 2, 4_711));
      rig.pump();
      rig.moveTo(StripRig.DEADLINE.minusSeconds(1_800));
      rig.settle();
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();

      // then
      assertThat(HeldRig.kept(rig, VAULT, traffic.records.get(0)).orElseThrow().getRating())
          .satisfies(rating -> assertThat(rating.getSalePriceNanos()).isEqualTo(4_711));
    }
  }

  @Test
  void shouldLetTheKeyDieAfterAnHourThoughACopyIsNotThere() {
    try (StripRig rig = applied()) {
      // given
      VaultScope scope = number(VAULT, 5);
      rig.holdVaults.make(VAULT);
      rig.moveTo(StripRig.DEADLINE.minusSeconds(1));
      rig.settle();
      rig.moveTo(StripRig.DEADLINE.plus(Duration.ofMinutes(59)));
      rig.settle();
      assertThat(rig.keys.existing(MONTH)).isPresent();

      // when
      rig.moveTo(StripRig.DEADLINE.plus(KeyDuty.HOLD_GRACE));
      rig.settle();
      HeldRig.copy(rig, scope);

      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.holdVaults.records(VAULT)).isZero();
      assertThat(rig.holdVaults.missed(VAULT)).containsExactly(MONTH);
    }
  }

  @Test
  void shouldCopyWithinTheHourForAHoldThatCameInTimeAndNotForALaterOne() {
    try (StripRig rig = applied()) {
      // given
      VaultScope early = number(VAULT, 5);
      VaultScope late = number(OTHER, 5);
      rig.hold(early, late);
      rig.moveTo(StripRig.DEADLINE.minusSeconds(1));
      rig.settle();
      rig.holdVaults.make(VAULT);
      rig.moveTo(StripRig.DEADLINE.plus(Duration.ofMinutes(10)));
      rig.worker.doWork();
      assertThat(rig.keys.existing(MONTH)).isPresent();

      // when
      HeldRig.copy(rig, late);
      HeldRig.copy(rig, early);
      rig.settle();

      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.keys.destruction(MONTH).orElseThrow().at())
          .isEqualTo(StripRig.DEADLINE.plus(Duration.ofMinutes(10)));
      assertThat(rig.holdVaults.records(VAULT)).isEqualTo(1);
      assertThat(rig.holdVaults.records(OTHER)).isZero();
      assertThat(rig.holdVaults.isHeld(key(rig, VAULT))).isTrue();
    }
  }

  private static PlacedHolds.Placed placed(MonthId vault, Instant since) {
    return new PlacedHolds.Placed(vault, since, HeldRig.numbers(Traffic.number(5)));
  }

  @Test
  void shouldCopyForAHoldThatWasPlacedInTimeAndIsMadeBehindTheDeadline() {
    try (StripRig rig = applied()) {
      // given: accepted, and nobody has come to make their vaults
      rig.placed =
          List.of(
              placed(VAULT, StripRig.DEADLINE.minusMillis(1)), placed(OTHER, StripRig.DEADLINE));
      rig.moveTo(StripRig.DEADLINE.plus(Duration.ofMinutes(10)));
      rig.worker.doWork();
      assertThat(rig.keys.existing(MONTH)).isPresent();

      // when
      HeldRig.copy(rig, number(OTHER, 5));
      rig.worker.doWork();
      assertThat(rig.keys.existing(MONTH)).isPresent();
      HeldRig.copy(rig, number(VAULT, 5));
      rig.settle();

      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(rig.holdVaults.records(VAULT)).isEqualTo(1);
      assertThat(rig.holdVaults.records(OTHER)).isZero();
    }
  }

  @Test
  void shouldNotWaitForAHoldThatWasPlacedBehindTheDeadline() {
    try (StripRig rig = applied()) {
      rig.placed = List.of(placed(VAULT, StripRig.DEADLINE));
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
    }
  }

  @Test
  void shouldShowWhatAVaultHasWhileRowsOfADeadKeyAreStillThere() {
    try (StripRig rig = applied()) {
      HeldRig.copy(rig, number(VAULT, 5));
      rig.keys.destroy(MONTH, rig.wall);
      DetailRecord held = traffic.records.get(5);
      assertThat(HeldRig.kept(rig, VAULT, held)).contains(held);
    }
  }

  private static byte[] key(StripRig rig, MonthId vault) {
    return HeldRig.find(rig, HeldRig.numbers(Traffic.number(5)), vault).get(0).key();
  }

  @Test
  void shouldCopyBeforePartsAreErased() {
    try (StripRig rig = applied()) {
      // given: it came when the hold was there, far from its month's end
      VaultScope ongoing = number(VAULT, 130);
      VaultScope historic = number(OTHER, 5);
      rig.hold(ongoing);
      HeldRig.copy(rig, ongoing);
      List<DetailRecord> late = Traffic.late(120, 20);
      rig.send(late);
      rig.pump();
      SealedRecord held = record(rig, late.get(10));
      SealedRecord notHeld = record(rig, late.get(11));
      HeldFirst first = new HeldFirst(rig.vaultParts, rig.holdVaults);
      rig.holdVaults.make(OTHER);

      // then: while a hold is being filled nothing is erased
      assertThat(first.keep(MONTH, notHeld)).isFalse();
      HeldRig.copy(rig, historic);
      assertThat(first.keep(MONTH, notHeld)).isTrue();
      assertThat(first.keep(MONTH, held)).isFalse();

      // when
      rig.pump();
      first.keep(MONTH, held);
      rig.pump();

      // then
      assertThat(first.keep(MONTH, held)).isTrue();
      assertThat(rig.holdVaults.records(VAULT)).isEqualTo(1);
      assertThat(rig.holdVaults.records(OTHER)).isEqualTo(1);
    }
  }

  private static SealedRecord record(StripRig rig, DetailRecord message) {
    return ((FoundRecord.Sealed) rig.finder.find(UUID.fromString(message.getRecordId())).get(0))
        .record();
  }

  @Test
  void shouldCopyForOngoingHoldThoughNothingRanBeforeTheDeadline() {
    VaultScope scope = number(VAULT, 5);
    try (StripRig rig = new StripRig(directory)) {
      rig.hold(scope);
      HeldRig.copy(rig, scope);
      rig.send(traffic.records);
      rig.pump();
    }
    try (StripRig rig = new StripRig(directory, StripRig.DEADLINE.plus(Duration.ofDays(2)))) {
      // given
      rig.hold(scope);
      rig.clock.confirm("operator", "it was off for a year");

      // when
      rig.settle();

      // then
      assertThat(rig.stage(MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(HeldRig.kept(rig, VAULT, traffic.records.get(5))).contains(traffic.records.get(5));
    }
  }
}
