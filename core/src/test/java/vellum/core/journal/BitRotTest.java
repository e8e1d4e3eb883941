package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.seal.TestBatches;

/** Flips a bit, or cuts a file, of a journal that was closed in order, and opens it again. */
final class BitRotTest {

  private static final int FAULTS = Integer.getInteger("vellum.faults", 40);

  @TempDir Path directory;

  @Test
  void shouldReportOrPassButNeverMisreadAFault() throws IOException {
    long seed = Long.getLong("vellum.seed", System.nanoTime());
    System.out.println("BitRotTest seed " + seed);
    Random random = new Random(seed);
    Path sound = directory.resolve("sound");
    List<String> written = write(sound);
    int reported = 0;
    for (int i = 0; i < FAULTS; i++) {
      Path damaged = directory.resolve("damaged");
      Pages.copy(sound, damaged);
      String fault = damage(damaged, random);
      try (JournalRig rig = new JournalRig(damaged)) {
        assertThat(rig.readAfter(0)).as(fault).isEqualTo(written);
        rig.append(rig.lease(), 100, TestBatches.filled(1, 10, 1));
        assertThat(rig.work().answers).as(fault).hasSize(1);
      } catch (JournalException.Corrupt found) {
        reported++;
        assertThat(found).as(fault).hasMessageContaining(damaged.toString());
      }
      new RealDisk().deleteTree(damaged);
    }
    System.out.println("BitRotTest: " + reported + " of " + FAULTS + " faults were in use");
    assertThat(reported).isPositive();
  }

  private static List<String> write(Path journal) {
    try (JournalRig rig = new JournalRig(journal)) {
      StreamLease lease = rig.lease();
      for (int i = 1; i <= 30; i++) {
        rig.append(lease, i, TestBatches.filled(1, i * 300, i));
        if (i % 12 == 0) {
          rig.journal.roll();
        }
        rig.work();
      }
      return rig.readAfter(0);
    }
  }

  /** Mostly in what was written, which is at the start of the files. */
  private static String damage(Path journal, Random random) throws IOException {
    List<Path> files =
        Pages.files(journal).stream().filter(file -> !file.endsWith("lock")).toList();
    Path file = files.get(random.nextInt(files.size()));
    long size = Files.size(file);
    long used = Math.min(size, random.nextBoolean() ? 220_000 : 4_096);
    long at = (long) (random.nextDouble() * used);
    if (random.nextInt(4) == 0) {
      Pages.cutLength(file, at);
      return file + " cut at " + at;
    }
    Pages.flipBit(file, at);
    return file + " flipped at " + at;
  }
}
