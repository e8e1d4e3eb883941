package vellum.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GrowthCommandTest {

  @Test
  void shouldLookAtOneTwoAndFiveOfEachPowerOfTen() {
    // given
    List<Long> marks = new ArrayList<>(List.of(1_000_000L));

    // when
    while (marks.get(marks.size() - 1) < 100_000_000) {
      marks.add(GrowthCommand.after(marks.get(marks.size() - 1)));
    }

    // then
    assertThat(marks)
        .containsExactly(
            1_000_000L,
            2_000_000L,
            5_000_000L,
            10_000_000L,
            20_000_000L,
            50_000_000L,
            100_000_000L);
  }
}
