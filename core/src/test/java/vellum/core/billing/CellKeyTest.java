package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys of cells are on disk for ten years: their bytes are pinned. */
final class CellKeyTest {

  private static final SaleCell SALE =
      new SaleCell("acme", 20_000, 1, 1, 2, "DE", "26201", 4, "EUR");
  private static final CostCell COST =
      new CostCell("telco", -1, "smpp-1", "", "310260", 1, 4, "USD");

  @Test
  void shouldKeepTheirBytes() {
    assertThat(HexFormat.of().formatHex(SALE.encode()))
        .isEqualTo("010461636d6580004e2001010244" + "4526201f04455552");
    assertThat(HexFormat.of().formatHex(COST.encode()))
        .isEqualTo("020574656c636f7fffffff06736d70702d31003102600104555344");
  }

  @Test
  void shouldReadWhatTheyWrote() {
    // given
    SaleCell empty = new SaleCell("ü", 0, 0, 0, 0, "", "", 0, "");

    // when, then
    Stream.of(SALE, empty)
        .forEach(
            cell -> {
              byte[] key = cell.encode();
              assertThat(SaleCell.decode(key, 0, key.length)).isEqualTo(cell);
            });
    byte[] key = COST.encode();
    assertThat(CostCell.decode(key, 0, key.length)).isEqualTo(COST);
    assertThatThrownBy(() -> SaleCell.decode(key, 0, key.length))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldSortByPartyAndThenByDay() {
    // given
    byte[] before = new SaleCell("acme", -3, 9, 9, 9, "ZZ", "999999", 9, "ZZZ").encode();
    byte[] later = new SaleCell("acme", 2, 0, 0, 0, "", "", 0, "").encode();
    byte[] other = new SaleCell("bcme", -9, 0, 0, 0, "", "", 0, "").encode();

    // when, then
    assertThat(Arrays.compareUnsigned(before, later)).isNegative();
    assertThat(Arrays.compareUnsigned(later, other)).isNegative();
  }
}
