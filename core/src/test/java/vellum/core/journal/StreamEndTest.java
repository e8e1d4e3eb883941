package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.seal.TestBatches;

/** The last sequence that a producer names. */
final class StreamEndTest {

  @TempDir Path directory;
  private JournalRig rig;

  @BeforeEach
  void open() {
    rig = new JournalRig(directory);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldWriteDownAnEndThatNamesMoreThanCame() {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, TestBatches.filled(5, 5, 1));

    rig.journal.end(lease, 5, rig.new Answer("end 5"));
    rig.journal.end(lease, 9, rig.new Answer("end 9"));
    rig.append(lease, 6, TestBatches.filled(1, 5, 1));
    rig.work();

    assertThat(rig.answers)
        .containsExactly("1 durable 2", "end 5 durable 2", "end 9 durable 3", "6 durable 4");
    assertThat(rig.readAfter(0))
        .containsExactly(
            "1 STREAM_OPENED 1+0-0", "2 RECORDS 1+5-0", "3 STREAM_ENDED 9+0-0", "4 RECORDS 6+1-0");
    assertThat(rig.journal.stats().gaps()).isEqualTo(1);
  }

  @Test
  void shouldComeBackFromARestartWhereItWas() {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, TestBatches.filled(5, 5, 1));
    rig.journal.end(lease, 9, rig.new Answer("end"));
    rig.work();
    rig.close();

    rig = new JournalRig(directory);

    assertThat(rig.lease().lastSequence()).isEqualTo(5);
  }

  @Test
  void shouldRefuseAFencedEndAndOneThatIsNone() {
    StreamLease old = rig.lease();
    StreamLease young = rig.lease();

    rig.journal.end(old, 9, rig.new Answer("end"));
    rig.work();

    assertThat(rig.answers).containsExactly("end fenced");
    assertThat(rig.readAfter(0)).containsExactly("1 STREAM_OPENED 1+0-0");
    assertThatThrownBy(() -> rig.journal.end(young, 0, rig.new Answer("zero")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rig.journal.end(young, Long.MAX_VALUE, rig.new Answer("most")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
