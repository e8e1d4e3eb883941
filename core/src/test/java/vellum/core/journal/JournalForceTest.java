package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.seal.TestBatches;

final class JournalForceTest {

  @TempDir Path directory;

  @Test
  void shouldForceBothFilesAndTheDirectoriesBeforeAnAnswerAcrossARoll() {
    try (JournalRig rig = new JournalRig(directory)) {
      StreamLease lease = rig.lease();
      rig.append(lease, 1, TestBatches.filled(1, 100, 1));
      rig.appendOnly();
      rig.journal.roll();
      rig.append(lease, 2, TestBatches.filled(1, 100, 1));
      rig.appendOnly();
      rig.disk.events().clear();
      rig.disk.beforeForce(() -> assertThat(rig.answers).isEmpty());

      rig.work();

      assertThat(rig.answers).containsExactly("1 durable 2", "2 durable 3");
      List<String> events = rig.disk.events();
      assertThat(events.get(0)).startsWith("force of ");
      assertThat(events.get(1)).startsWith("force of ");
      assertThat(events.subList(2, events.size()))
          .containsExactly(
              "replace 00000002-0000000000000003/forced", "directory " + directory.getFileName());
    }
  }

  @Test
  void shouldForceASegmentThatEndedOnlyOnce() {
    try (JournalRig rig = new JournalRig(directory)) {
      StreamLease lease = rig.lease();
      rig.journal.roll();
      rig.append(lease, 1, TestBatches.filled(1, 100, 1));
      rig.work();
      int before = rig.disk.forces();

      rig.append(lease, 2, TestBatches.filled(1, 100, 1));
      rig.work();

      assertThat(rig.disk.forces() - before).isEqualTo(1);
    }
  }

  /**
   * A batch over the edge of a mapped block lies in two mappings; a force of the file covers both.
   */
  @Test
  void shouldForceWhatLiesInTwoBlocks() {
    try (JournalRig rig = new JournalRig(directory)) {
      StreamLease lease = rig.lease();
      for (int i = 1; i <= 14; i++) {
        rig.append(lease, i, TestBatches.filled(1, 200_000, i));
        int forces = rig.disk.forces();
        rig.work();
        assertThat(rig.disk.forces()).isEqualTo(forces + 1);
        assertThat(rig.answers).hasSize(i);
      }
      assertThat(rig.journal.segments()).hasSize(1);
      assertThat(rig.readAfter(0)).hasSize(15);
    }
  }

  @Test
  void shouldAnswerNothingOfTheNewSegmentWhenTheForceOfTheOldOneFails() {
    try (JournalRig rig = new JournalRig(directory)) {
      StreamLease lease = rig.lease();
      rig.append(lease, 1, TestBatches.filled(1, 100, 1));
      rig.appendOnly();
      rig.journal.roll();
      rig.append(lease, 2, TestBatches.filled(1, 100, 1));
      rig.appendOnly();
      rig.disk.failForces();

      rig.work();

      assertThat(rig.answers).containsExactly("1 failed ForceFailed", "2 failed ForceFailed");
      assertThat(rig.disk.forces()).isEqualTo(1);
    }
  }
}
