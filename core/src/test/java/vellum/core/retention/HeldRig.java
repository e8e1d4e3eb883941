package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.hold.HeldRecords;
import vellum.core.hold.VaultScope;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.seal.ContentSource;
import vellum.core.search.Found;
import vellum.core.search.Reach;
import vellum.core.search.ScopeSearch;
import vellum.core.search.SearchParts;
import vellum.v1.DetailRecord;

/** What tests of holds do with a {@link StripRig}. */
final class HeldRig {

  static final MonthId VAULT = MonthId.hold(YearMonth.of(2026, 11), "7r3kx9pw");
  static final MonthId OTHER = MonthId.hold(YearMonth.of(2026, 11), "0000000z");
  private static final int MOST_STEPS = 5_000;

  private HeldRig() {}

  /** Everybody with these numbers, from 2020 to 2030. */
  static CaseScope numbers(String... numbers) {
    return scope(
        java.util.Arrays.stream(numbers)
            .map(number -> CaseSubject.of(CaseSubject.Kind.NUMBER, number))
            .toList());
  }

  static CaseScope scope(List<CaseSubject> subjects, String... accounts) {
    return new CaseScope(
        subjects,
        new TreeSet<>(List.of(accounts)),
        Instant.parse("2020-01-01T00:00:00Z"),
        Instant.parse("2030-01-01T00:00:00Z"),
        Set.of());
  }

  /** Makes a vault and copies into it what is there. */
  static void copy(StripRig rig, VaultScope scope) {
    rig.holdVaults.make(scope.vault());
    until(
        rig,
        () ->
            rig.holdVaults.copy(scope) == HeldRecords.Progress.DONE
                ? Optional.of(true)
                : Optional.empty());
  }

  /** Ends a vault; its scope is not active any more. */
  static VaultEnd.Gone release(StripRig rig, MonthId vault) {
    return until(rig, () -> rig.holdVaults.destroy(vault, rig.wall));
  }

  private static <T> T until(StripRig rig, Supplier<Optional<T>> step) {
    for (int i = 0; i < MOST_STEPS; i++) {
      Optional<T> done = step.get();
      if (done.isPresent()) {
        return done.get();
      }
      rig.pump();
    }
    throw new AssertionError("does not come to an end");
  }

  /** Records of a scope, as somebody finds them who may read these vaults. */
  static List<Found> find(StripRig rig, CaseScope scope, MonthId... vaults) {
    SearchParts parts =
        new SearchParts(
            rig.finder, rig.months, rig.vaults, rig.keys, rig.calendar, ContentSource.NONE);
    Reach reach = new Reach(new TreeSet<>(List.of(vaults)), false);
    return new ScopeSearch(parts).next(scope, reach, null, 10_000).records();
  }

  /** Moves to the deadline as time does, with time for what comes before it. */
  static void strip(StripRig rig) {
    rig.moveTo(StripRig.DEADLINE.minus(KeyDuty.HOLD_LEAD));
    rig.settle();
    rig.moveTo(StripRig.DEADLINE.minusSeconds(3_599));
    rig.settle();
    rig.moveTo(StripRig.DEADLINE);
    rig.settle();
    assertThat(rig.stage(StripRig.MONTH)).isEqualTo(Stage.ARCHIVED);
  }

  /** The clear record that a vault keeps of a message's record. */
  static Optional<DetailRecord> kept(StripRig rig, MonthId vault, DetailRecord message) {
    CaseScope scope =
        scope(List.of(CaseSubject.of(CaseSubject.Kind.RECORD_ID, message.getRecordId())));
    return find(rig, scope, vault).stream()
        .filter(found -> found.place() == Found.Place.VAULT)
        .map(Found::record)
        .findFirst();
  }
}
