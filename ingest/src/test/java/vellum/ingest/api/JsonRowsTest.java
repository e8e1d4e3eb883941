package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vellum.core.billing.Money;
import vellum.core.billing.Sum;

/** Rows written as they come against the same rows written by way of a tree. */
final class JsonRowsTest {

  private static final List<String> NAMES =
      List.of("", "acct-1", "a\"b\\c", "é€😀", "\u0001\n\u2028");

  private static ObjectNode head() {
    return Json.object().put("cube", "sale").put("position", 7);
  }

  private static List<BigInteger> numbers() {
    List<BigInteger> numbers = new ArrayList<>();
    for (long each :
        new long[] {
          0,
          1,
          -1,
          999_999_999,
          1_000_000_000,
          -1_000_000_001,
          120_000_000_000L,
          52_000_000,
          Long.MAX_VALUE,
          Long.MIN_VALUE
        }) {
      numbers.add(BigInteger.valueOf(each));
    }
    numbers.add(BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE));
    numbers.add(BigInteger.valueOf(Long.MIN_VALUE).multiply(BigInteger.TEN));
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      numbers.add(new BigInteger(1 + random.nextInt(120), random).subtract(BigInteger.TEN.pow(9)));
    }
    return numbers;
  }

  @Test
  void shouldWriteWhatATreeWouldBe() {
    // given
    ObjectNode tree = head();
    JsonRows written = new JsonRows(head(), 0);
    ArrayNode rows = tree.putArray("rows");
    written.array("rows");
    // when
    int number = 0;
    for (BigInteger value : numbers()) {
      String name = NAMES.get(number++ % NAMES.size());
      Sum sum = new Sum();
      sum.add(value);
      rows.addObject()
          .put("account", name)
          .put("count", value)
          .put("amount", Money.text(value))
          .put("amount_nanos", value.toString());
      written.row();
      written.text("account", name);
      written.number("count", sum);
      written.money("amount", "amount_nanos", sum);
      written.endRow();
    }
    tree.putArray("totals").addObject().put("currency", "EUR");
    written.endArray();
    written.array("totals");
    written.row();
    written.text("currency", "EUR");
    written.endRow();
    written.endArray();
    // then
    assertThat(written.end().array()).isEqualTo(Json.write(tree));
  }

  @Test
  void shouldWriteArraysWithoutRows() {
    ObjectNode tree = head();
    tree.putArray("rows");
    tree.putArray("totals");
    JsonRows written = new JsonRows(head(), 0);
    written.array("rows");
    written.endArray();
    written.array("totals");
    written.endArray();
    assertThat(written.end().array()).isEqualTo(Json.write(tree));
  }
}
