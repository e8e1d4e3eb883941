package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.seal.TestBatches;

final class JournalSpaceTest {

  private static final long MIB = JournalRig.MIB;
  private static final long LOOK = 100_000_000;

  @TempDir Path directory;

  private static void look(JournalRig rig) {
    rig.nanos.addAndGet(LOOK);
    rig.work();
  }

  @Test
  void shouldRefuseBelowTheReserveAndTakeAgainAboveTheHigherMark() {
    try (JournalRig rig = new JournalRig(directory)) {
      StreamLease lease = rig.lease();
      List<Journal.Admission> admissions = new ArrayList<>();
      for (long usable :
          new long[] {4 * MIB, 4 * MIB - 1, 4 * MIB, 5 * MIB - 1, 5 * MIB, 4 * MIB}) {
        rig.disk.usable(usable);
        look(rig);
        admissions.add(rig.append(lease, 1 + admissions.size(), TestBatches.filled(1, 10, 1)));
      }

      assertThat(admissions)
          .containsExactly(
              Journal.Admission.TAKEN,
              Journal.Admission.DISK_LOW,
              Journal.Admission.DISK_LOW,
              Journal.Admission.DISK_LOW,
              Journal.Admission.TAKEN,
              Journal.Admission.TAKEN);
    }
  }

  @Test
  void shouldHoldWhatWasTakenAndLetDecisionsPass() {
    try (JournalRig rig = new JournalRig(directory)) {
      StreamLease lease = rig.lease();
      rig.append(lease, 1, TestBatches.filled(1, 10, 1));
      rig.append(lease, 2, TestBatches.filled(1, 10, 1));
      rig.disk.usable(3 * MIB);
      rig.nanos.addAndGet(LOOK);
      rig.journal.decide(new byte[1], rig.new Answer("decision"));
      rig.work();
      assertThat(rig.answers).containsExactly("decision durable 2");

      rig.disk.usable(6 * MIB);
      look(rig);

      assertThat(rig.answers).containsExactly("decision durable 2", "1 durable 3", "2 durable 4");
    }
  }

  @Test
  void shouldRefuseDecisionsWhenHalfOfTheReserveIsGone() {
    try (JournalRig rig = new JournalRig(directory)) {
      rig.disk.usable(2 * MIB - 1);
      look(rig);

      assertThat(rig.journal.decide(new byte[1], rig.new Answer("decision")))
          .isEqualTo(Journal.Admission.DISK_LOW);
    }
  }

  @Test
  void shouldRefuseWhatItHoldsWhenItIsClosed() {
    JournalRig rig = new JournalRig(directory);
    StreamLease lease = rig.lease();
    rig.append(lease, 1, TestBatches.filled(1, 10, 1));
    rig.disk.usable(0);
    look(rig);

    rig.close();

    assertThat(rig.answers).containsExactly("1 failed Closed");
  }

  @Test
  void shouldLookAgainAfterSoManyBytes() {
    try (JournalRig rig = new JournalRig(directory)) {
      StreamLease lease = rig.lease();
      rig.disk.usable(0);
      int taken = 0;
      while (rig.append(lease, 1 + taken, TestBatches.filled(1, 200_000, 1))
          == Journal.Admission.TAKEN) {
        taken++;
        rig.work();
      }

      assertThat(taken).isEqualTo((int) Math.ceil(MIB / 200_000.0));
    }
  }

  /** A file system of 96 MiB that is filled up: refused in time, nothing lost, taken again. */
  @Test
  void shouldFillASmallFileSystemWithoutDying() throws Exception {
    Path small = directory.resolve("small");
    Files.createDirectories(small);
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", small.toString());
    if (!mounted) {
      System.out.println("JournalSpaceTest: no small file system, as mounting is not allowed here");
    }
    assumeTrue(mounted, "mounting a tmpfs is not allowed here");
    try {
      fill(small.resolve("journal"));
    } finally {
      // Lazily: Chronicle unmaps what it closed on a thread of its own, some time later.
      run("umount", "--lazy", small.toString());
    }
  }

  private static void fill(Path journal) {
    JournalConfig config =
        new JournalConfig(
            JournalConfig.Ack.DISK,
            16,
            2 * (int) MIB,
            16 * MIB,
            Duration.ofHours(1),
            (int) MIB,
            200_100,
            16 * MIB,
            24 * MIB,
            MIB,
            Duration.ofMillis(50),
            10);
    try (ChronicleJournal filled =
        ChronicleJournal.open(
            new JournalSetup(
                journal, config, InstantSource.system(), System::nanoTime, new RealDisk()),
            new StreamStates(),
            0)) {
      List<StreamLease> leases = new ArrayList<>();
      List<Long> durable = new ArrayList<>();
      filled.open(JournalRig.STREAM, 1, 0, new Leases(leases));
      work(filled);
      int taken = 0;
      while (append(filled, leases.get(0), taken + 1, durable) == Journal.Admission.TAKEN) {
        taken++;
        work(filled);
      }
      assertThat(filled.admission()).isEqualTo(Journal.Admission.DISK_LOW);
      assertThat(taken).isBetween(300, 480);
      assertThat(durable).hasSize(taken);
      assertThat(filled.stats().usableBytes()).isGreaterThan(12 * MIB);

      filled.release(filled.forced());
      waitUntilTaken(filled);

      assertThat(append(filled, leases.get(0), taken + 1, durable))
          .isEqualTo(Journal.Admission.TAKEN);
      work(filled);
      assertThat(durable).hasSize(taken + 1);
    }
  }

  private static void waitUntilTaken(ChronicleJournal journal) {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (journal.admission() != Journal.Admission.TAKEN && System.nanoTime() < deadline) {
      work(journal);
    }
  }

  private static Journal.Admission append(
      ChronicleJournal journal, StreamLease lease, long first, List<Long> durable) {
    return journal.append(
        lease, first, TestBatches.filled(1, 200_000, first), new Durable(durable));
  }

  private static void work(ChronicleJournal journal) {
    while (journal.appender().doWork() + journal.forcer().doWork() > 0) {
      Thread.onSpinWait();
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }
}
