package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CellGroupsTest {

  private static final LocalDate FROM = LocalDate.parse("2026-10-01");
  private static final LocalDate TO = LocalDate.parse("2026-11-01");
  private static final int DAY = (int) FROM.toEpochDay();

  private static SaleCell sale(String account, int day, int channel, String network, String money) {
    return new SaleCell(account, DAY + day, channel, 1, 2, "DE", network, 4, money);
  }

  private static void add(CellGroups groups, byte[] key, long count, long amount) {
    Measures measures = new Measures();
    measures.count().add(count);
    measures.amount().add(amount);
    byte[] moved = new byte[key.length + 5];
    System.arraycopy(key, 0, moved, 3, key.length);
    groups.cell(moved, 3, key.length, measures);
  }

  private static List<String> shown(CellGroups groups) {
    return groups.rows().stream()
        .map(
            row ->
                String.join("|", row.values())
                    + "="
                    + row.sums().count()
                    + ":"
                    + row.sums().amount())
        .toList();
  }

  @Test
  void shouldAddUpPartsAndSortByTheColumns() {
    CellGroups groups =
        new CellGroups(
            CellFilter.of(Cube.SALE, FROM, TO),
            List.of(Dimension.CHANNEL, Dimension.MONTH, Dimension.CURRENCY),
            10);

    add(groups, sale("b", 0, 3, "26201", "EUR").encode(), 2, 30);
    add(groups, sale("a", 30, 3, "26201", "EUR").encode(), 1, 5);
    add(groups, sale("a", 30, 1, "", "USD").encode(), 1, 7);
    add(groups, sale("a", 31, 1, "", "USD").encode(), 1000, 7000);
    add(groups, sale("a", -1, 1, "", "USD").encode(), 1000, 7000);
    add(groups, sale("a", 3, 2, "", "").encode(), 1, 1);
    add(groups, sale("a", 3, 2, "", "").encode(), -1, -1);

    assertThat(shown(groups)).containsExactly("SMS|2026-10|USD=1:7", "VOICE|2026-10|EUR=3:35");
  }

  @Test
  void shouldNotOverflow() {
    CellGroups groups = new CellGroups(CellFilter.of(Cube.SALE, FROM, TO), List.of(), 1);
    for (int i = 0; i < 4; i++) {
      add(groups, sale("a", i, 1, "", "EUR").encode(), 1, Long.MAX_VALUE);
    }
    assertThat(groups.rows().get(0).sums().amount().value())
        .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(4)));
  }

  @Test
  void shouldFilterByAnyOfAValueInEachDimension() {
    CellFilter filter =
        CellFilter.of(Cube.COST, FROM, TO)
            .with(Dimension.ROUTE, List.of("r,1", "", "r3"))
            .with(Dimension.SUPPLIER, "s")
            .with(Dimension.MONTH, "2026-10");
    CellGroups groups = new CellGroups(filter, List.of(Dimension.ROUTE), 10);

    for (String route : List.of("", "r", "r,1", "r3", "r33")) {
      for (String supplier : List.of("", "s", "ss")) {
        CostCell cell = new CostCell(supplier, DAY + 4, "c", route, "26201", 1, 4, "EUR");
        add(groups, cell.encode(), 1, 2);
      }
    }

    assertThat(shown(groups)).containsExactly("=1:2", "r,1=1:2", "r3=1:2");
    assertThat(filter.ranges()).containsExactly(new CellRange(Cube.COST, "s", DAY, DAY + 31));
  }

  @Test
  void shouldAgreeWithCellsThatAreDecodedAndAddedOneByOne() {
    // given
    Random random = new Random(4);
    CellFilter filter = CellFilter.of(Cube.COST, FROM, TO).with(Dimension.CURRENCY, "EUR");
    List<Dimension> by =
        List.of(
            Dimension.MCC_MNC,
            Dimension.SUPPLIER,
            Dimension.DAY,
            Dimension.CONNECTION,
            Dimension.STATUS_GROUP);
    CellGroups groups = new CellGroups(filter, by, 100_000);
    Map<String, long[]> expected = new HashMap<>();
    // when
    for (int i = 0; i < 20_000; i++) {
      CostCell cell =
          new CostCell(
              "s" + random.nextInt(20),
              DAY - 2 + random.nextInt(40),
              random.nextInt(9) == 0 ? "" : "c" + random.nextInt(12),
              "r" + random.nextInt(5),
              List.of("", "26201", "310260").get(random.nextInt(3)),
              1 + random.nextInt(3),
              random.nextInt(6),
              List.of("EUR", "USD", "").get(random.nextInt(3)));
      long amount = random.nextLong(1_000_000) - 300_000;
      add(groups, cell.encode(), 1, amount);
      if (cell.currency().equals("EUR") && cell.day() >= DAY && cell.day() < DAY + 31) {
        String key =
            String.join(
                "|",
                cell.mccMnc(),
                cell.supplier(),
                LocalDate.ofEpochDay(cell.day()).toString(),
                cell.connection(),
                cell.statusGroup() == 0
                    ? ""
                    : vellum.v1.StatusGroup.forNumber(cell.statusGroup()).name());
        long[] sums = expected.computeIfAbsent(key, any -> new long[2]);
        sums[0]++;
        sums[1] += amount;
      }
    }
    // then
    List<String> lines = new ArrayList<>();
    new TreeMap<>(expected).forEach((key, sums) -> lines.add(key + "=" + sums[0] + ":" + sums[1]));
    assertThat(lines.size()).isGreaterThan(3000);
    assertThat(shown(groups)).containsExactlyInAnyOrderElementsOf(lines);
    assertThat(groups.rows())
        .isSortedAccordingTo(
            (a, b) -> {
              for (int i = 0; i < by.size(); i++) {
                int order = a.values().get(i).compareTo(b.values().get(i));
                if (order != 0) {
                  return order;
                }
              }
              return 0;
            });
  }

  @Test
  void shouldRefuseMoreRowsThanTheMost() {
    CellGroups groups =
        new CellGroups(CellFilter.of(Cube.SALE, FROM, TO), List.of(Dimension.DAY), 3);
    for (int i = 0; i < 3; i++) {
      add(groups, sale("a", i, 1, "", "EUR").encode(), 1, 1);
    }
    add(groups, sale("a", 1, 1, "", "EUR").encode(), 1, 1);
    assertThatThrownBy(() -> add(groups, sale("a", 3, 1, "", "EUR").encode(), 1, 1))
        .isInstanceOf(TotalsException.TooManyRows.class)
        .hasMessageContaining("more than 3 rows")
        .hasMessageContaining("export");
  }

  @Test
  void shouldRefuseAFilterThatCannotBe() {
    CellFilter filter = CellFilter.of(Cube.SALE, FROM, TO);
    assertThatThrownBy(() -> CellFilter.of(Cube.SALE, TO, FROM))
        .isInstanceOf(TotalsException.BadInterval.class);
    assertThatThrownBy(() -> CellFilter.of(Cube.SALE, FROM, FROM))
        .isInstanceOf(TotalsException.BadInterval.class)
        .hasMessage("from must be before to");
    assertThatThrownBy(() -> filter.with(Dimension.ROUTE, "r"))
        .isInstanceOf(TotalsException.OtherCube.class);
    assertThatThrownBy(() -> filter.with(Dimension.CHANNEL, "pigeon"))
        .isInstanceOf(TotalsException.BadValue.class);
    List<String> many = new ArrayList<>();
    for (int i = 0; i <= CellFilter.MAX_VALUES; i++) {
      many.add("a" + i);
    }
    assertThatThrownBy(() -> filter.with(Dimension.ACCOUNT, many))
        .isInstanceOf(TotalsException.TooManyValues.class);
    assertThat(filter.with(Dimension.CHANNEL, "sms"))
        .isEqualTo(filter.with(Dimension.CHANNEL, "SMS"));
  }
}
