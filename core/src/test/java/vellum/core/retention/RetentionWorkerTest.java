package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.Stage;

final class RetentionWorkerTest {

  @TempDir Path directory;

  @Test
  void shouldStripMonthAndCertifyItOnce() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      Traffic traffic = new Traffic(1, 300);
      rig.send(traffic.records);
      rig.pump();
      Totals before = rig.totals(StripRig.MONTH);
      // when
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      // then
      assertThat(rig.stage(StripRig.MONTH))
          .as(rig.worker.status().toString())
          .isEqualTo(Stage.ARCHIVED);
      assertThat(rig.totals(StripRig.MONTH)).isEqualTo(before);
      assertThat(before.byCurrency()).isEqualTo(Traffic.expected(List.of(traffic.records)));
      assertThat(rig.certificates.all()).hasSize(1);
    }
  }
}
