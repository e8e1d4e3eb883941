package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.CmsCheck;
import vellum.core.period.Stage;
import vellum.v1.DetailRecord;

/**
 * Kills at every edge of a strip, and at random places within rewriting. A kill is a copy of the
 * data directory as it is at that moment: what the stores had in memory only is not in it. Each
 * copy is opened by a process of its own, so to say, which goes on to the end while late messages
 * come.
 */
final class StripCrashIT {

  private static final int RECORDS = 400;
  private static final int LATE = 20;
  private static final int RANDOM_POINTS = 50;
  private static final long SEED = Long.getLong("vellum.seed", System.nanoTime());

  @TempDir Path directory;

  private final Traffic traffic = new Traffic(SEED, RECORDS);
  private final List<DetailRecord> early = traffic.ratings(7, 2, 1_000);
  private final List<DetailRecord> during = traffic.ratings(5, 3, 5_000);
  private final List<DetailRecord> later = traffic.ratings(3, 4, 9_000);
  private final List<DetailRecord> lateRecords = Traffic.late(RECORDS, LATE);
  private final List<DetailRecord> lastRecords = Traffic.late(RECORDS + LATE, LATE);
  private final Canaries canaries = canaries();
  private final Map<String, Integer> edges = new LinkedHashMap<>();

  @Test
  void shouldGoOnAfterKillAtEveryEdge() {
    // given
    System.out.println("seed " + SEED + " (-Dvellum.seed=" + SEED + " repeats it)");
    List<Path> copies = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    try (StripRig rig = start(directory.resolve("data"))) {
      rig.disk.listener =
          moment -> {
            // Two moments between which nothing on the disk changed are one.
            if (!seen.add(Copies.describe(rig.directory))) {
              return;
            }
            Path copy = directory.resolve("copy-" + copies.size());
            Copies.copy(rig.directory, copy);
            copies.add(copy);
            names.add(rig.stage(StripRig.MONTH) + ", " + moment);
          };
      rig.moveTo(StripRig.DEADLINE);
      settle(rig, during);
      rig.disk.listener = moment -> {};
      check(rig, List.of(traffic.records, early, during), "not killed");
    }
    assertThat(names)
        .as("a moment in every stage")
        .extracting(name -> name.substring(0, name.indexOf(',')))
        .contains(stagesOfAStrip());
    // when, then
    for (int i = 0; i < copies.size(); i++) {
      finishAndCheck(copies.get(i), names.get(i));
      checkAgain(copies.get(i), names.get(i));
      Copies.delete(copies.get(i));
    }
    System.out.println("kills by stage and moment, each followed by a whole strip:");
    edges.forEach((edge, kills) -> System.out.printf("  %-58s %3d ok%n", edge, kills));
  }

  @Test
  void shouldGoOnAfterKillAtRandomPointsInsideRewriting() {
    // given
    Random random = new Random(SEED);
    System.out.println("seed " + SEED + " (-Dvellum.seed=" + SEED + " repeats it)");
    int kills = 0;
    for (int round = 0; kills < RANDOM_POINTS; round++) {
      Path data = directory.resolve("round-" + round);
      try (StripRig rig = start(data)) {
        rig.moveTo(StripRig.DEADLINE);
        while (rig.stage(StripRig.MONTH) != Stage.REWRITING) {
          rig.worker.doWork();
          rig.pump();
        }
        rig.send(during);
        // when, then
        while (rig.stage(StripRig.MONTH) == Stage.REWRITING && kills < RANDOM_POINTS) {
          rig.nanosALook = 1 + random.nextLong(Rewriting.STEP_NANOS);
          rig.worker.doWork();
          if (random.nextInt(4) == 0) {
            rig.pump();
          }
          if (random.nextInt(2) == 0) {
            Path copy = directory.resolve("copy-" + kills);
            Copies.copy(data, copy);
            finishAndCheck(copy, "inside rewriting");
            Copies.delete(copy);
            kills++;
          }
        }
      }
      Copies.delete(data);
    }
    assertThat(kills).isEqualTo(RANDOM_POINTS);
    System.out.printf("kills at random points inside rewriting, each followed by a whole strip:%n");
    edges.forEach((edge, ok) -> System.out.printf("  %-58s %3d ok%n", edge, ok));
  }

  /** A month that is applied, with some updates that are in the journal only. */
  private StripRig start(Path data) {
    StripRig rig = new StripRig(data);
    rig.send(traffic.records.subList(0, RECORDS / 2));
    rig.pump();
    rig.flusher.flushAll();
    rig.send(traffic.records.subList(RECORDS / 2, RECORDS));
    rig.send(early);
    assertThat(canaries.scan(data)).as("canaries are found where they are").isNotEmpty();
    return rig;
  }

  private void finishAndCheck(Path copy, String edge) {
    Instant wall = StripRig.DEADLINE.plusSeconds(60);
    try (StripRig rig = new StripRig(copy, wall)) {
      confirm(rig);
      settle(rig, during);
      rig.send(later);
      rig.send(lastRecords);
      rig.settle();
      check(rig, List.of(traffic.records, early, during, later, lastRecords), edge);
    }
    edges.merge(edge, 1, Integer::sum);
  }

  /** What is archived stays as it is at the next start. */
  private void checkAgain(Path copy, String edge) {
    try (StripRig again = new StripRig(copy, StripRig.DEADLINE.plusSeconds(60))) {
      again.settle();
      check(
          again,
          List.of(traffic.records, early, during, later, lastRecords),
          edge + ", opened again");
    }
  }

  /** A clock that stood still for a year, or is late, at the kill is confirmed by an operator. */
  private static void confirm(StripRig rig) {
    if (rig.clock.state().isConfirmable()) {
      rig.clock.confirm("test", "killed in the middle of a jump");
    }
  }

  /** Works to the end; messages come while the month is being rewritten, or at once. */
  private void settle(StripRig rig, List<DetailRecord> messages) {
    boolean sent = false;
    for (int idle = 0, rounds = 0; idle < 5; rounds++) {
      assertThat(rounds).as(rig.worker.status().toString()).isLessThan(5_000);
      idle = rig.worker.doWork() > 0 ? 0 : idle + 1;
      Stage stage = rig.stage(StripRig.MONTH);
      if (!sent && stage != null && stage.compareTo(Stage.REWRITING) >= 0) {
        rig.send(messages);
        rig.send(lateRecords);
        sent = true;
        idle = 0;
      }
      rig.pump();
    }
    assertThat(sent).as(rig.worker.status().toString()).isTrue();
  }

  private void check(StripRig rig, List<List<DetailRecord>> batches, String edge) {
    String what = edge + " " + rig.worker.status();
    List<List<DetailRecord>> all = new ArrayList<>(batches);
    all.add(lateRecords);
    List<String> expected = Traffic.expected(all);
    assertThat(rig.stage(StripRig.MONTH)).as(what).isEqualTo(Stage.ARCHIVED);
    assertThat(rig.totals(StripRig.MONTH).byCurrency()).as(what).isEqualTo(expected);
    assertThat(rig.cellDifferences(StripRig.MONTH).isEmpty()).as(what).isTrue();
    assertThat("- " + rig.records(StripRig.MONTH) + " 0 0 0 0 0")
        .as(what)
        .isEqualTo(expected.get(0));
    assertThat(rig.certificates.all()).as(what).hasSize(1);
    assertThat(content(rig.certificates.all().get(0)))
        .as(what)
        .satisfies(
            said -> {
              assertThat(said.policy()).isEqualTo("test-1");
              assertThat(said.deadline()).isEqualTo(StripRig.DEADLINE);
              assertThat(said.key().at()).isBetween(said.deadline(), said.files().at());
              assertThat(said.files().listed())
                  .extracting(RemovedFiles.RemovedFile::name)
                  .contains("live/2026-11.default/CURRENT");
            });
    assertThat(rig.keys.destroyed(StripRig.MONTH)).as(what).isTrue();
    assertThat(rig.months.directories().live(StripRig.MONTH)).as(what).doesNotExist();
    assertThat(rig.months.directories().making(StripRig.MONTH)).as(what).doesNotExist();
    assertThat(canaries.scan(rig.directory)).as(what).isEmpty();
  }

  static ErasureCertificate content(CertificateStore.Certificate certificate) {
    return ErasureCertificate.parse(CmsCheck.verify(certificate.cms(), null).content());
  }

  private static Canaries canaries() {
    Canaries canaries = new Canaries();
    for (int i = 0; i < RECORDS + 2 * LATE; i++) {
      canaries.add(Traffic.number(i).substring(1));
    }
    // Of late records the journal holds what is in clear until its segment ends.
    for (int i = 0; i < RECORDS; i++) {
      canaries.add(Traffic.BULK + i + ".");
      canaries.add(Traffic.SUPPLIER_ID + i + ".");
    }
    return canaries;
  }

  private static String[] stagesOfAStrip() {
    return new String[] {
      "LIVE",
      "SEALING_STOPPED",
      "KEY_DESTROYED",
      "DRAINED",
      "REWRITING",
      "VERIFIED",
      "SWITCHED",
      "REMOVED",
      "KEK_ROTATED",
      // The last moment is after ARCHIVED is written, and before the process knows.
      "BACKUPS_REWRITTEN"
    };
  }
}
