package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.seal.TestBatches;

/** Cuts the power at random forces, keeps a random part of later pages, and starts again. */
final class PowerCutTest {

  private static final int CUTS = Integer.getInteger("vellum.cuts", 8);

  @TempDir Path directory;

  /** Lives of one journal: what each was forced to survives, and numbers are never taken twice. */
  @ParameterizedTest
  @EnumSource(JournalConfig.Ack.class)
  void shouldKeepWhatWasForcedAndSkipNothing(JournalConfig.Ack ack) {
    long seed = Long.getLong("vellum.seed", System.nanoTime());
    System.out.println("PowerCutTest seed " + seed + " " + ack);
    Random random = new Random(seed);
    Path current = directory.resolve("0");
    List<String> applied = new ArrayList<>();
    for (int cut = 1; cut <= CUTS; cut++) {
      Path forced = directory.resolve(cut + "-forced");
      Path next = directory.resolve(String.valueOf(cut));
      try (JournalRig rig = new JournalRig(current, JournalRig.config(ack))) {
        // What was tailed before the cut is still there, unchanged, and nothing else took its
        // place.
        List<String> recovered = rig.readAfter(0);
        assertThat(recovered).startsWith(applied.toArray(String[]::new));
        live(rig, random);
        applied = rig.readAfter(0);
        assertThat(applied).hasSize((int) rig.journal.forced());
        Pages.copy(current, forced);
        appendUnforced(rig, random);
        // An applier may have read so far, and its store may have kept it.
        applied = rig.readAfter(0);
        Pages.cut(forced, current, next, random, random.nextDouble());
      }
      current = next;
    }
  }

  private static void live(JournalRig rig, Random random) {
    StreamLease lease = rig.lease();
    long next = lease.lastSequence() + 1;
    int entries = random.nextInt(12);
    for (int i = 0; i < entries; i++) {
      rig.append(lease, next++, TestBatches.filled(1, random.nextInt(60_000), random.nextLong()));
      if (random.nextInt(8) == 0) {
        rig.journal.roll();
      }
      rig.work();
    }
    rig.nanos.addAndGet(1_000_000_000);
    rig.work();
  }

  private static void appendUnforced(JournalRig rig, Random random) {
    List<StreamLease> leases = new ArrayList<>();
    rig.journal.open(JournalRig.STREAM, 1, 0, rig.new Opening(leases));
    rig.nanos.addAndGet(1_000_000_000);
    rig.work();
    StreamLease lease = leases.get(0);
    long next = lease.lastSequence() + 1;
    int entries = random.nextInt(12);
    for (int i = 0; i < entries; i++) {
      rig.append(lease, next++, TestBatches.filled(1, random.nextInt(60_000), random.nextLong()));
      if (random.nextInt(8) == 0) {
        rig.journal.roll();
      }
      rig.appendOnly();
    }
  }
}
