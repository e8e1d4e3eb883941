package vellum.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GcLogTest {

  @TempDir private Path directory = Path.of("");

  @Test
  void shouldSumPausesAndNothingElse() throws IOException {
    // given: lines as -Xlog:gc writes them
    Path log = directory.resolve("gc.log");
    Files.writeString(
        log,
        """
        [0.012s][info][gc] Using G1
        [0.512s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->4M(256M) 3.214ms
        [1.002s][info][gc] GC(1) Pause Young (Concurrent Start) (Metadata GC Threshold) 9M->5M(256M) 4.500ms
        [1.003s][info][gc] GC(2) Concurrent Mark Cycle
        [1.009s][info][gc] GC(2) Pause Remark 7M->7M(256M) 1.000ms
        [1.012s][info][gc] GC(2) Concurrent Mark Cycle 9.881ms
        """);

    // when
    GcLog.Pauses pauses = GcLog.read(log);

    // then
    assertThat(pauses.count()).isEqualTo(3);
    assertThat(pauses.totalMs()).isEqualTo(8.714);
    assertThat(pauses.longestMs()).isEqualTo(4.5);
  }

  @Test
  void shouldSeeNoPausesWithoutALog() throws IOException {
    // when
    GcLog.Pauses pauses = GcLog.read(directory.resolve("none"));

    // then
    assertThat(pauses).isEqualTo(new GcLog.Pauses(0, 0, 0));
  }
}
