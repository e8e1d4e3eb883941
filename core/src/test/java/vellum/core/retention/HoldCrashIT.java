package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.retention.HeldRig.OTHER;
import static vellum.core.retention.HeldRig.VAULT;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.hold.VaultScope;
import vellum.core.period.Stage;
import vellum.core.search.Found;
import vellum.v1.DetailRecord;

/**
 * Kills at every moment at which something of a hold becomes durable: while its vault is made and
 * filled, while its month loses its key, and while it is released. A kill is a copy of the data
 * directory as it is then; each is opened anew and goes on to the end.
 */
final class HoldCrashIT {

  private static final int RECORDS = 60;
  private static final int HELD = 5;

  @TempDir Path directory;

  private final Traffic traffic = new Traffic(3, RECORDS);
  private final VaultScope scope = new VaultScope(VAULT, HeldRig.numbers(Traffic.number(HELD)));
  private final VaultScope other = new VaultScope(OTHER, HeldRig.scope(List.of(), "acct-2"));
  private final List<Path> copies = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  @Test
  void shouldKeepWhatIsHeldAfterAKillAnywhere() {
    // given
    try (StripRig rig = new StripRig(directory.resolve("data"))) {
      rig.hold(scope, other);
      rig.send(traffic.records);
      rig.pump();
      watch(rig);
      HeldRig.copy(rig, scope);
      HeldRig.copy(rig, other);
      HeldRig.strip(rig);
      rig.disk.listener = moment -> {};
      checkHeld(rig, "not killed");
    }
    assertThat(copies).hasSizeGreaterThan(30);
    // when, then
    for (int i = 0; i < copies.size(); i++) {
      try (StripRig rig = new StripRig(copies.get(i), StripRig.DEADLINE.plusSeconds(60))) {
        rig.hold(scope, other);
        if (rig.clock.state().isConfirmable()) {
          rig.clock.confirm("test", "killed in the middle of a jump");
        }
        if (rig.keys.existing(StripRig.MONTH).isPresent()) {
          HeldRig.copy(rig, scope);
          HeldRig.copy(rig, other);
        }
        rig.settle();
        assertThat(rig.stage(StripRig.MONTH)).as(names.get(i)).isEqualTo(Stage.ARCHIVED);
        if (wasInTime(rig)) {
          checkHeld(rig, names.get(i));
        }
      }
      Copies.delete(copies.get(i));
    }
  }

  /** A hold whose vault was made behind the deadline, since nothing of it was durable, is late. */
  private static boolean wasInTime(StripRig rig) {
    return rig.catalogOfHolds
            .entry(VAULT)
            .filter(made -> made.since().isBefore(StripRig.DEADLINE))
            .isPresent()
        && rig.catalogOfHolds
            .entry(OTHER)
            .filter(made -> made.since().isBefore(StripRig.DEADLINE))
            .isPresent();
  }

  @Test
  void shouldEndAReleaseAfterAKillAnywhere() {
    // given
    VaultEnd.Gone gone;
    try (StripRig rig = new StripRig(directory.resolve("data"))) {
      rig.hold(scope, other);
      rig.send(traffic.records);
      rig.pump();
      HeldRig.copy(rig, scope);
      HeldRig.copy(rig, other);
      rig.flusher.flushAll();
      rig.hold(other);
      watch(rig);
      gone = HeldRig.release(rig, VAULT);
      rig.disk.listener = moment -> {};
      checkReleased(rig, gone, "not killed");
    }
    assertThat(copies).hasSizeGreaterThan(8);
    // when, then
    for (int i = 0; i < copies.size(); i++) {
      try (StripRig rig = new StripRig(copies.get(i))) {
        rig.hold(other);
        checkReleased(rig, HeldRig.release(rig, VAULT), names.get(i));
        rig.settle();
        checkReleased(rig, HeldRig.release(rig, VAULT), names.get(i));
      }
      Copies.delete(copies.get(i));
    }
  }

  private void watch(StripRig rig) {
    Set<List<String>> seen = new HashSet<>();
    rig.disk.listener =
        moment -> {
          // Two moments between which nothing on the disk changed are one.
          if (!seen.add(Copies.describe(rig.directory))) {
            return;
          }
          Path copy = directory.resolve("copy-" + copies.size());
          Copies.copy(rig.directory, copy);
          copies.add(copy);
          names.add(
              rig.stage(StripRig.MONTH)
                  + ", "
                  + rig.catalogOfHolds.entries().values()
                  + ", "
                  + moment);
        };
  }

  private void checkHeld(StripRig rig, String moment) {
    DetailRecord held = traffic.records.get(HELD);
    assertThat(HeldRig.kept(rig, VAULT, held)).as(moment).contains(held);
    assertThat(HeldRig.kept(rig, OTHER, held)).as(moment).contains(held);
    assertThat(rig.holdVaults.records(VAULT)).as(moment).isEqualTo(1);
    assertThat(rig.holdVaults.records(OTHER)).as(moment).isEqualTo(RECORDS / 3);
    assertThat(rig.records(StripRig.MONTH)).as(moment).isEqualTo(RECORDS);
    assertThat(rig.totals(StripRig.MONTH).byCurrency())
        .as(moment)
        .isEqualTo(Traffic.expected(List.of(traffic.records)));
  }

  private void checkReleased(StripRig rig, VaultEnd.Gone gone, String moment) {
    assertThat(gone.records()).as(moment).isEqualTo(1);
    assertThat(rig.keys.destroyed(VAULT)).as(moment).isTrue();
    assertThat(rig.catalogOfHolds.entry(VAULT).orElseThrow().stage())
        .as(moment)
        .isEqualTo(Stage.EXPIRED);
    assertThat(rig.vaults.directories().live(VAULT)).as(moment).doesNotExist();
    assertThat(HeldRig.kept(rig, OTHER, traffic.records.get(HELD))).as(moment).isEmpty();
    assertThat(HeldRig.find(rig, HeldRig.numbers(Traffic.number(HELD)), OTHER))
        .as(moment)
        .extracting(Found::place)
        .containsExactly(Found.Place.LIVE);
    assertThat(rig.holdVaults.records(OTHER)).as(moment).isEqualTo(RECORDS / 3);
  }
}
