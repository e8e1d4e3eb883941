package vellum.bench.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyTrialTest {

  @Test
  void shouldWrapEveryKeyByTheNewOneAlone(@TempDir Path directory) throws IOException {
    // when
    KeyTrial.Cost cost = new KeyTrial(directory).run(12);

    // then
    assertThat(cost.keys()).isEqualTo(12);
    assertThat(cost.isRight()).isTrue();
    assertThat(directory.resolve("keys").toFile().list()).hasSize(12);
  }

  @Test
  void shouldGrowByTens() {
    assertThat(RewrapCommand.steps(10_000)).containsExactly(100, 1_000, 10_000);
    assertThat(RewrapCommand.steps(7)).containsExactly(7);
  }
}
