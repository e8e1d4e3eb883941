package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {

  @Test
  void shouldTakeTheMiddleOfAnOddNumber() {
    // given
    List<Double> values = List.of(9.0, 1.0, 4.0);

    // when
    Spread spread = Spread.of(values);

    // then
    assertThat(spread).isEqualTo(new Spread(3, 4, 1, 9));
  }

  @Test
  void shouldTakeTheMeanOfTheMiddleTwo() {
    assertThat(Spread.of(List.of(8.0, 2.0, 1.0, 4.0))).isEqualTo(new Spread(4, 3, 1, 8));
  }

  @Test
  void shouldLeaveOutRoundsWithoutAValue() {
    assertThat(Spread.of(List.of(Double.NaN, 5.0))).isEqualTo(new Spread(1, 5, 5, 5));
    assertThat(Spread.of(List.of(Double.NaN)).rounds()).isZero();
  }

  @Test
  void shouldSayHowManyTimesAsGoodTheFirstIs() {
    // given
    Spread ten = Spread.of(List.of(10.0));
    Spread forty = Spread.of(List.of(40.0));

    // then
    assertThat(Spread.ratio(forty, ten, true)).isEqualTo(4);
    assertThat(Spread.ratio(ten, forty, false)).isEqualTo(4);
    assertThat(Spread.ratio(ten, forty, true)).isEqualTo(0.25);
  }

  @Test
  void shouldCompareWithNothingThatIsMissingOrZero() {
    // given
    Spread ten = Spread.of(List.of(10.0));

    // then
    assertThat(Spread.ratio(ten, Spread.of(List.of()), true)).isNaN();
    assertThat(Spread.ratio(ten, Spread.of(List.of(0.0)), false)).isNaN();
  }
}
