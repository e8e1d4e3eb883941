package vellum.core.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.billing.Money;
import vellum.core.billing.Party;
import vellum.core.billing.SaleCell;

/** The very bytes of statements: they must be the same for ten years. */
final class StatementFormTest {

  private static final Party ACME = new Party(Cube.SALE, "acme");
  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

  @Test
  void shouldWriteOneTextForOneBill() {
    // given
    Bill bill = new Bill(ACME, OCTOBER, 42);
    for (int day = 3; day <= 5; day++) {
      byte[] cell =
          new SaleCell(
                  "acme",
                  (int) LocalDate.of(2026, 10, day).toEpochDay(),
                  1,
                  1,
                  1,
                  "DE",
                  "26201",
                  2,
                  "EUR")
              .encode();
      Measures sums = new Measures();
      sums.count().add(1);
      sums.units().add(2);
      sums.amount().add(52_000_000L);
      bill.cell(cell, 0, cell.length, sums);
    }
    Closing closing =
        new Closing(
            ACME,
            OCTOBER,
            1,
            42,
            Instant.parse("2026-11-02T08:00:00Z"),
            "operator",
            List.of("Europe/Berlin"),
            7,
            null,
            null);
    ManualPosting refund =
        new ManualPosting(
            7,
            ACME,
            OCTOBER,
            ManualPosting.Kind.REFUND,
            BigInteger.valueOf(-6_000_000_001L),
            "EUR",
            "a \"double\" charge",
            Instant.parse("2026-11-01T08:00:00Z"),
            "operator",
            null);
    // when
    String text =
        new String(
            StatementText.of(closing, bill.lines(), null, List.of(refund)), StandardCharsets.UTF_8);
    Closing.Times times = new Closing.Times("2026-10-02T22:00:00Z", "2026-10-05T21:59:59Z");
    String timed =
        new String(
            StatementText.of(closing, bill.lines(), times, List.of(refund)),
            StandardCharsets.UTF_8);
    // then a statement of before there were times keeps its bytes
    assertThat(
            timed
                .replace("\"earliest_time\":\"2026-10-02T22:00:00Z\",", "")
                .replace("\"latest_time\":\"2026-10-05T21:59:59Z\",", ""))
        .isEqualTo(text)
        .isNotEqualTo(timed);
    assertThat(text)
        .isEqualTo(
            "{\"adjustments\":[],\"closed_at\":\"2026-11-02T08:00:00Z\",\"control\":{\"charges\":"
                + "[{\"amount\":\"0.156\",\"amount_nanos\":\"156000000\",\"count\":3,"
                + "\"currency\":\"EUR\",\"duration_ms\":0,\"units\":6}],\"count\":3,"
                + "\"duration_ms\":0,\"earliest_day\":\"2026-10-03\",\"latest_day\":\"2026-10-05\","
                + "\"units\":6},\"format\":\"vellum statement 1\",\"lines\":[{\"amount\":\"0.156\","
                + "\"amount_nanos\":\"156000000\",\"channel\":\"SMS\",\"count\":3,\"country\":"
                + "\"DE\",\"currency\":\"EUR\",\"direction\":\"MT\",\"duration_ms\":0,\"line\":1,"
                + "\"mcc_mnc\":\"26201\",\"status_group\":\""
                + vellum.v1.StatusGroup.forNumber(2)
                + "\",\"traffic_type\":\""
                + vellum.v1.TrafficType.forNumber(1)
                + "\",\"units\":6}],\"manual\":[{\"amount\":\"-6.000000001\",\"amount_nanos\":"
                + "\"-6000000001\",\"at\":\"2026-11-01T08:00:00Z\",\"currency\":\"EUR\","
                + "\"kind\":\"REFUND\",\"number\":7,\"reason\":\"a \\\"double\\\" charge\"}],"
                + "\"party\":\"acme\",\"party_kind\":\"account\",\"period\":\"2026-10\","
                + "\"position\":42,\"revision\":1,\"totals\":[{\"adjustments\":\"0\","
                + "\"adjustments_nanos\":\"0\",\"charges\":\"0.156\",\"charges_nanos\":"
                + "\"156000000\",\"currency\":\"EUR\",\"manual\":\"-6.000000001\","
                + "\"manual_nanos\":\"-6000000001\",\"total\":\"-5.844000001\",\"total_nanos\":"
                + "\"-5844000001\"}],\"zones\":[\"Europe/Berlin\"]}\n");
  }

  @Test
  void shouldEscapeWhatJsonMustHaveEscaped() {
    assertThat(
            new String(
                CanonicalJson.write(Map.of("b", "\n\u00e9\\", "a", 1)), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":1,\"b\":\"\\u000a\u00e9\\\\\"}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "0.0000000001", "1e3", "+1", " 1", "1,5", "NaN", "9223372037", "--1"})
  void shouldRefuseAmountsThatAreNone(String text) {
    assertThatThrownBy(() -> Nanos.parse(text)).isInstanceOf(SettlementException.BadAmount.class);
  }

  @Test
  void shouldReadAndWriteAmountsExactly() {
    for (String text : List.of("-12.5", "0.000000001", "9223372036.854775807", "3")) {
      assertThat(Money.text(Nanos.parse(text))).isEqualTo(text);
    }
  }
}
