package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CellMapTest {

  private static byte[] key(int number) {
    return ("cell-" + "x".repeat(number % 17) + number).getBytes(StandardCharsets.UTF_8);
  }

  private static Measures measures(long count, long amount) {
    Measures measures = new Measures();
    measures.count().add(count);
    measures.amount().add(amount);
    return measures;
  }

  @Test
  void shouldSumAsAMapOfBigNumbersDoes() {
    // given
    Random random = new Random(2026);
    CellMap map = new CellMap();
    CellMap parts = new CellMap();
    Map<Integer, BigInteger> expected = new HashMap<>();
    // when
    for (int i = 0; i < 60_000; i++) {
      int number = random.nextInt(5_000);
      long amount = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(100);
      byte[] key = key(number);
      boolean isPlus = random.nextBoolean();
      CellMap into = random.nextBoolean() ? map : parts;
      if (isPlus) {
        into.add(key, 0, key.length, measures(1, amount));
      } else {
        into.subtract(key, 0, key.length, measures(1, amount));
      }
      BigInteger change = BigInteger.valueOf(amount);
      expected.merge(number, isPlus ? change : change.negate(), BigInteger::add);
      if (i % 10_000 == 0) {
        map.addAll(parts);
        parts.clear();
      }
    }
    map.addAll(parts);
    // then
    expected.forEach(
        (number, sum) -> {
          byte[] key = key(number);
          int cell = map.find(key, 0, key.length);
          assertThat(map.measures(cell, new Measures()).amount().value()).isEqualTo(sum);
        });
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < map.size(); i++) {
      seen.add(new String(map.keys(), map.keyOffset(i), map.keyLength(i), StandardCharsets.UTF_8));
    }
    assertThat(seen).hasSize(map.size());
    assertThat(map.find(key(9_999_999), 0, 3)).isEqualTo(-1);
  }

  @Test
  void shouldShowNoCellThatCameToZeroAndForgetAllAtOnce() {
    // given
    byte[] key = new SaleCell("a", 1, 1, 1, 1, "", "", 1, "").encode();
    CellMap map = new CellMap();
    map.add(key, 0, key.length, measures(1, -5));
    map.subtract(key, 0, key.length, measures(1, -5));
    // when, then
    assertThat(map.isEmpty()).isTrue();
    assertThat(map.size()).isEqualTo(1);
    map.forEach(CellRange.all(Cube.SALE), (bytes, offset, length, measures) -> failed());
    map.clear();
    assertThat(map.size()).isZero();
    assertThat(map.find(key, 0, key.length)).isEqualTo(-1);
  }

  @Test
  void shouldStayExactBeyond64BitsInBothDirections() {
    // given
    BigInteger two63 = BigInteger.ONE.shiftLeft(63);
    byte[] key = key(7);
    long[] row = {0, Long.MIN_VALUE, 1, Long.MIN_VALUE, Long.MAX_VALUE, -1};
    CellMap map = new CellMap();
    // when: taken away three times, then added twice
    for (int i = 0; i < 3; i++) {
      map.add(key, 0, key.length, row, 1, true);
    }
    Measures low = map.measures(0, new Measures());
    CellMap other = new CellMap();
    for (int i = 0; i < 2; i++) {
      other.add(key, 0, key.length, row, 1, false);
    }
    map.addAll(other);
    // then
    assertThat(low.count().value()).isEqualTo(two63.multiply(BigInteger.valueOf(3)));
    assertThat(low.durationMs().value()).isEqualTo(two63.multiply(BigInteger.valueOf(3)));
    assertThat(low.amount().value())
        .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(-3)));
    assertThat(map.measures(0, new Measures()).count().value()).isEqualTo(two63);
    assertThat(map.measures(0, new Measures()).units().value()).isEqualTo(BigInteger.valueOf(-1));
    assertThat(map.isZero(0)).isFalse();
    // and what was taken away comes to zero again, beyond 64 bits too
    map.add(key, 0, key.length, low);
    map.subtract(key, 0, key.length, low);
    map.add(key, 0, key.length, row, 1, false);
    assertThat(map.isZero(0)).isTrue();
    assertThat(map.measures(0, new Measures())).isEqualTo(new Measures());
  }

  @Test
  void shouldNotTakeACellForZeroWhoseLow64BitsAreZero() {
    byte[] key = key(1);
    CellMap map = new CellMap();
    map.add(key, 0, key.length, new long[] {0, 0, 0, Long.MIN_VALUE, 0}, 0, true);
    map.add(key, 0, key.length, new long[] {0, 0, 0, Long.MIN_VALUE, 0}, 0, true);
    assertThat(map.isZero(0)).isFalse();
    assertThat(map.measures(0, new Measures()).amount().value())
        .isEqualTo(BigInteger.ONE.shiftLeft(64));
  }

  @Test
  void shouldForgetFewAndManyAndGiveManyBack() {
    CellMap map = new CellMap();
    for (int count : new int[] {3, 5_000, 3, 100_000, 3, 0, 40}) {
      for (int i = 0; i < count; i++) {
        byte[] key = key(i);
        map.add(key, 0, key.length, measures(1, i));
      }
      for (int i = 0; i < count; i++) {
        byte[] key = key(i);
        assertThat(map.find(key, 0, key.length)).isEqualTo(i);
      }
      assertThat(map.size()).isEqualTo(count);
      assertThat(map.bytes()).isBetween(70L * count, 110L * count);
      map.clear();
      byte[] key = key(0);
      assertThat(map.find(key, 0, key.length)).isEqualTo(-1);
      assertThat(map.bytes()).isZero();
    }
  }

  private static void failed() {
    throw new AssertionError("a cell is shown");
  }

  @Test
  void shouldTakeNoMoreThanItsBound() {
    CellMap map = new CellMap(2);
    map.cell(key(1), 0, 5);
    map.cell(key(20), 0, 6);
    map.cell(key(1), 0, 5);
    assertThatThrownBy(() -> map.cell(key(300), 0, 7))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 cells");
  }

  @Test
  void shouldHandOutARangeOnly() {
    // given
    CellMap map = new CellMap();
    for (String account : new String[] {"a", "b", "bb"}) {
      for (int day = -1; day <= 2; day++) {
        byte[] sale = new SaleCell(account, day, 1, 1, 1, "", "", 1, "").encode();
        byte[] cost = new CostCell(account, day, "", "", "", 1, 1, "").encode();
        map.add(sale, 0, sale.length, measures(1, 1));
        map.add(cost, 0, cost.length, measures(1, 1));
      }
    }
    // when
    Set<String> shown = new HashSet<>();
    CellSink sink =
        (key, offset, length, measures) ->
            shown.add(
                CellKeys.cube(key, offset)
                    + CellKeys.party(key, offset)
                    + CellKeys.day(key, offset));
    map.forEach(new CellRange(Cube.COST, "b", -1, 1), sink);
    map.forEach(new CellRange(Cube.SALE, null, 2, 9), sink);
    // then
    assertThat(shown).containsExactlyInAnyOrder("COSTb-1", "COSTb0", "SALEa2", "SALEb2", "SALEbb2");
  }
}
