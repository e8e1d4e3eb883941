package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CellListTest {

  private static final BigInteger LARGE =
      BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(3));

  private static int add(CellMap cells, String key, BigInteger amount) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    Measures measures = new Measures();
    measures.count().add(1);
    measures.amount().add(amount);
    int cell = cells.cell(bytes, 0, bytes.length);
    cells.add(cell, measures);
    return cell;
  }

  private static List<String> shown(CellList list) {
    List<String> shown = new ArrayList<>();
    list.forEach(
        (key, offset, length, measures) ->
            shown.add(
                new String(key, offset, length, StandardCharsets.UTF_8)
                    + "="
                    + measures.count()
                    + ":"
                    + measures.amount()));
    return shown;
  }

  @Test
  void shouldKeepCellsAsTheyWereWhenTheyCame() {
    // given
    CellMap cells = new CellMap();
    int a = add(cells, "a", BigInteger.TEN);
    int b = add(cells, "bb", LARGE.negate());
    CellList list = new CellList();
    // when
    list.add(cells, b);
    list.add(cells, a);
    add(cells, "a", BigInteger.ONE);
    list.add(cells, a);
    cells.setZero(b);
    // then
    assertThat(shown(list)).containsExactly("bb=1:" + LARGE.negate(), "a=1:10", "a=2:11");
  }
}
