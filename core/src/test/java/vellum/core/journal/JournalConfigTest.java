package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalConfigTest {

  @Test
  void shouldTakeABodyOfNearlyFourMebibytesByDefault() {
    assertThat(JournalConfig.defaults().maxBatchBytes()).isEqualTo(4 * 1_024 * 1_024 - 4_096);
  }

  @Test
  void shouldNameTheBoundThatIsBroken() {
    JournalConfig defaults = JournalConfig.defaults();

    assertThatThrownBy(
            () ->
                new JournalConfig(
                    defaults.ack(),
                    defaults.ringCommands(),
                    defaults.ringBytes(),
                    defaults.segmentBytes(),
                    defaults.segmentAge(),
                    defaults.blockBytes(),
                    defaults.maxBatchBytes() + 1,
                    defaults.reserveBytes(),
                    defaults.resumeBytes(),
                    defaults.checkBytes(),
                    defaults.forceEvery(),
                    defaults.maxStreams()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxBatchBytes must be 1024 to 4190208: 4190209");
    assertThatThrownBy(() -> JournalRig.config(JournalConfig.Ack.DISK, 17, 1))
        .hasMessageContaining("ringCommands must be a power of two");
  }

  @Test
  void shouldHaveNoReporterOfTheQueueOnTheClassPath() {
    assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void shouldLockADirectoryAgainAfterItIsUnlocked(@TempDir Path directory) {
    DataLock first = DataLock.acquire(directory);

    assertThatThrownBy(() -> DataLock.acquire(directory))
        .isInstanceOf(JournalException.Locked.class)
        .hasMessageContaining(directory.toString());
    first.close();
    DataLock.acquire(directory).close();
  }
}
