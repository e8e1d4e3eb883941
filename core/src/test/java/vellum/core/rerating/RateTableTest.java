package vellum.core.rerating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RateTableTest {

  private static final int ANY_FROM = Integer.MIN_VALUE;
  private static final int ANY_TO = Integer.MAX_VALUE;
  private static final Rate.Match SMS_TO_D1 = new Rate.Match("acme", "26201", 1, 1, 1, "DE", 1);

  private static Rate rate(int line, String mccMnc, int channel, int trafficType) {
    return rate(line, mccMnc, channel, trafficType, ANY_FROM, ANY_TO);
  }

  private static Rate rate(
      int line, String mccMnc, int channel, int trafficType, int from, int to) {
    Rate.Match match = new Rate.Match("", mccMnc, channel, trafficType, 0, "", 0);
    return new Rate(line, match, from, to, line, "EUR");
  }

  @Test
  void shouldTakeTheMostSpecificRate() {
    RateTable table =
        RateTable.of(
            List.of(
                rate(2, "", 0, 0),
                rate(3, "26201", 0, 0),
                rate(4, "26201", 1, 0),
                rate(5, "26201", 1, 1),
                rate(6, "26202", 1, 1)));

    assertThat(table.find(SMS_TO_D1, 100)).extracting("line").isEqualTo(5);
    assertThat(table.find(new Rate.Match("x", "26201", 1, 2, 0, "", 0), 100))
        .extracting("line")
        .isEqualTo(4);
    assertThat(table.find(new Rate.Match("x", "26201", 2, 2, 0, "", 0), 100))
        .extracting("line")
        .isEqualTo(3);
    assertThat(table.find(new Rate.Match("x", "", 2, 2, 0, "", 0), 100))
        .extracting("line")
        .isEqualTo(2);
    assertThat(RateTable.of(List.of(rate(2, "26203", 0, 0))).find(SMS_TO_D1, 100)).isNull();
  }

  @Test
  void shouldRefuseARecordThatTwoEquallySpecificRatesMatch() {
    RateTable table = RateTable.of(List.of(rate(2, "26201", 0, 0), rate(3, "", 1, 0)));

    assertThatThrownBy(() -> table.find(SMS_TO_D1, 20_000))
        .isInstanceOf(RerateException.TwoRates.class)
        .hasMessageContaining("lines 2 and 3")
        .hasMessageContaining("26201")
        .hasMessageContaining("2024-10-04");
    assertThat(table.find(new Rate.Match("", "26201", 2, 0, 0, "", 0), 100)).isNotNull();
    RateTable decided =
        RateTable.of(List.of(rate(2, "26201", 0, 0), rate(3, "", 1, 0), rate(4, "26201", 1, 0)));
    assertThat(decided.find(SMS_TO_D1, 100)).extracting("line").isEqualTo(4);
  }

  @Test
  void shouldCountDaysAsOneValueAndEndBeforeTheLast() {
    RateTable table =
        RateTable.of(
            List.of(
                rate(2, "26201", 0, 0),
                rate(3, "26201", 0, 0, 100, 110),
                rate(4, "26201", 0, 0, 110, ANY_TO)));

    assertThat(List.of(99, 100, 109, 110, 500))
        .extracting(day -> table.find(SMS_TO_D1, day).line())
        .containsExactly(2, 3, 3, 4, 4);
  }

  @Test
  void shouldRefuseTheSameConditionsOnTheSameDays() {
    assertThatThrownBy(() -> RateTable.of(List.of(rate(2, "26201", 1, 0), rate(9, "26201", 1, 0))))
        .isInstanceOf(RatesException.SameConditions.class)
        .hasMessageStartingWith("line 9:")
        .hasMessageContaining("line 2");
    assertThatThrownBy(
            () ->
                RateTable.of(
                    List.of(
                        rate(2, "26201", 1, 0, 100, 200),
                        rate(3, "26201", 1, 0, 300, 400),
                        rate(4, "26201", 1, 0, 150, 160))))
        .isInstanceOf(RatesException.SameConditions.class)
        .hasMessageStartingWith("line 4:");
    assertThatThrownBy(
            () -> RateTable.of(List.of(rate(2, "1", 1, 0, 300, 400), rate(3, "1", 1, 0, 200, 301))))
        .isInstanceOf(RatesException.SameConditions.class);
  }

  @Test
  void shouldBoundItsSize() {
    assertThatThrownBy(() -> RateTable.of(List.of())).isInstanceOf(RatesException.BadSize.class);
    List<Rate> many = new ArrayList<>();
    for (int i = 0; i <= RateTable.MOST_RATES; i++) {
      many.add(rate(i + 2, "" + (100_000 + i), 0, 0));
    }
    assertThatThrownBy(() -> RateTable.of(many)).isInstanceOf(RatesException.BadSize.class);
    assertThat(RateTable.of(many.subList(1, many.size())).size()).isEqualTo(RateTable.MOST_RATES);
  }

  /** The same answer as looking at every rate. */
  @Test
  void shouldFindWhatASearchOfAllFinds() {
    Random random = new Random(7);
    int found = 0;
    int two = 0;
    for (int round = 0; round < 2_000; round++) {
      List<Rate> rates = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Rate.Match match = match(random);
        if (rates.stream().noneMatch(rate -> rate.match().equals(match))) {
          rates.add(new Rate(i, match, ANY_FROM, ANY_TO, i, "EUR"));
        }
      }
      Rate.Match record = new Rate.Match("a", "1", 1, 1, 1, "DE", 1);
      int best =
          rates.stream()
              .filter(rate -> matches(rate, record))
              .mapToInt(this::named)
              .max()
              .orElse(-1);
      List<Rate> bests =
          rates.stream().filter(rate -> matches(rate, record) && named(rate) == best).toList();
      RateTable table = RateTable.of(rates);
      if (bests.size() > 1) {
        two++;
        assertThatThrownBy(() -> table.find(record, 0))
            .isInstanceOf(RerateException.TwoRates.class);
      } else {
        found += bests.size();
        assertThat(table.find(record, 0)).isEqualTo(bests.isEmpty() ? null : bests.get(0));
      }
    }
    assertThat(found).isGreaterThan(200);
    assertThat(two).isGreaterThan(200);
  }

  private int named(Rate rate) {
    return Integer.bitCount(rate.named());
  }

  private static Rate.Match match(Random random) {
    return new Rate.Match(
        random.nextInt(3) > 0 ? "" : "a",
        random.nextInt(3) > 0 ? "" : "" + (1 + random.nextInt(2)),
        random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(2),
        random.nextInt(3) > 0 ? 0 : 1,
        random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(2),
        random.nextInt(3) > 0 ? "" : "DE",
        random.nextInt(3) > 0 ? 0 : 1);
  }

  private static boolean matches(Rate rate, Rate.Match record) {
    Rate.Match match = rate.match();
    return (match.account().isEmpty() || match.account().equals(record.account()))
        && (match.mccMnc().isEmpty() || match.mccMnc().equals(record.mccMnc()))
        && (match.channel() == 0 || match.channel() == record.channel())
        && (match.trafficType() == 0 || match.trafficType() == record.trafficType())
        && (match.direction() == 0 || match.direction() == record.direction())
        && (match.country().isEmpty() || match.country().equals(record.country()))
        && (match.unitType() == 0 || match.unitType() == record.unitType());
  }
}
