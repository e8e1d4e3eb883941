package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vellum.core.rerating.Rate;
import vellum.core.rerating.RateTable;
import vellum.core.rerating.RatesException;

final class RatesFileTest {

  private static final String HEADER = "mcc_mnc,channel,traffic_type,unit_price,currency\n";
  private static final String WIDE =
      "account,mcc_mnc,channel,traffic_type,direction,country,unit_type,unit_price,currency,from,to\n";

  private static RateTable read(String csv) {
    return RatesFile.read(csv.getBytes(StandardCharsets.UTF_8));
  }

  private static Rate.Match sms() {
    return new Rate.Match("acme", "26201", 1, 1, 1, "DE", 1);
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }

  @Test
  void shouldReadEveryColumn() {
    RateTable table =
        read(
            "\uFEFF"
                + WIDE
                + "\r\n"
                + "acme,26201,sms,OTP,MT,DE,SEGMENT,0.012345678,EUR,2026-10-01,2026-11-01\r\n"
                + "\"acme\",*,*,*,,, ,\"10\",USD,,\r\n");

    assertThat(table.size()).isEqualTo(2);
    assertThat(table.find(sms(), day("2026-10-31")))
        .isEqualTo(new Rate(3, sms(), day("2026-10-01"), day("2026-11-01"), 12_345_678, "EUR"));
    Rate other = table.find(sms(), day("2026-11-01"));
    assertThat(other)
        .isEqualTo(
            new Rate(
                4,
                new Rate.Match("acme", "", 0, 0, 0, "", 0),
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                10_000_000_000L,
                "USD"));
    assertThat(table.find(new Rate.Match("other", "26201", 1, 1, 1, "DE", 1), 0)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                      | 0
          0.000000001            | 1
          9223372036.854775807   | 9223372036854775807
          0.1000000000000        | 100000000
          12                     | 12000000000
          """)
  void shouldReadPricesExactly(String price, long nanos) {
    assertThat(read(HEADER + "*,*,*," + price + ",EUR\n").find(sms(), 0))
        .extracting(Rate::unitPriceNanos)
        .isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2620,*,*,1,EUR             | mcc_mnc      | five or six digits
          26201x,*,*,1,EUR           | mcc_mnc      | five or six digits
          *,FAX,*,1,EUR              | channel      | must be one of [SMS, MMS
          *,CHANNEL_UNSPECIFIED,*,1,EUR | channel   | must be one of
          *,*,SPAM,1,EUR             | traffic_type | must be one of [OTP
          *,*,*,,EUR                 | unit_price   | decimal number
          *,*,*,*,EUR                | unit_price   | decimal number
          *,*,*,1e3,EUR              | unit_price   | decimal number
          *,*,*,1.,EUR               | unit_price   | decimal number
          *,*,*,-1,EUR               | unit_price   | below zero
          *,*,*,0.0000000001,EUR     | unit_price   | more than 9 decimals
          *,*,*,9223372036.854775808,EUR | unit_price | at most 9223372036.854775807
          *,*,*,1,                   | currency     | ISO 4217
          *,*,*,1,EURO               | currency     | ISO 4217
          *,*,*,1,eur                | currency     | ISO 4217
          """)
  void shouldNameLineAndColumnOfABadValue(String row, String column, String reason) {
    assertThatThrownBy(() -> read(HEADER + "26201,SMS,OTP,1,EUR\n\n" + row + "\n"))
        .isInstanceOf(RatesException.BadRow.class)
        .hasMessageStartingWith("line 4, column " + column + ": ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a,*,*,*,UP,*,*,1,EUR,,                     | direction | must be one of [MT, MO]
          a,*,*,*,*,XY,*,1,EUR,,                     | country   | ISO 3166-1
          a,*,*,*,*,*,PIECE,1,EUR,,                  | unit_type | must be one of [SEGMENT
          a,*,*,*,*,*,*,1,EUR,2026-13-01,            | from      | a date such as
          a,*,*,*,*,*,*,1,EUR,,01.02.2026            | to        | a date such as
          a,*,*,*,*,*,*,1,EUR,2026-10-02,2026-10-02  | to        | must be after from
          """)
  void shouldNameLineAndColumnOfABadCondition(String row, String column, String reason) {
    assertThatThrownBy(() -> read(WIDE + row + "\n"))
        .isInstanceOf(RatesException.BadRow.class)
        .hasMessageStartingWith("line 2, column " + column + ": ")
        .hasMessageContaining(reason);
  }

  @Test
  void shouldNameTheLineOfARowThatIsNone() {
    assertThatThrownBy(() -> read(HEADER + "*,*,*,1\n")).hasMessageStartingWith("line 2: has 4 ");
    assertThatThrownBy(() -> read(HEADER + "*,*,*,1,EUR,x\n"))
        .hasMessageStartingWith("line 2: has 6 ");
    assertThatThrownBy(() -> read(HEADER + "\"*,*,*,1,EUR\n"))
        .hasMessage("line 2: a quote is opened and not closed");
    assertThatThrownBy(() -> read(HEADER + "*,".repeat(3_000) + "\n"))
        .hasMessageStartingWith("line 2: has more than 4096 characters");
    assertThatThrownBy(() -> read(HEADER + "26201,*,*,1,EUR\n26201,*,*,2,EUR\n"))
        .isInstanceOf(RatesException.SameConditions.class)
        .hasMessageStartingWith("line 3: ");
  }

  @Test
  void shouldRefuseAHeaderThatIsNone() {
    assertThatThrownBy(() -> read("mcc_mnc,channel,traffic_type,currency\n*,*,*,EUR\n"))
        .hasMessage("line 1, column unit_price: is missing in the header");
    assertThatThrownBy(
            () -> read("mcc_mnc,channel,traffic_type,unit_price,currency,Channel\n*,*,*,1,EUR,\n"))
        .hasMessage("line 1, column channel: stands twice in the header");
    assertThatThrownBy(() -> read("mcc_mnc,channel,traffic_type,unit_price,currency,+4917012345\n"))
        .hasMessage("line 1: title 6 of the header is none of the columns of rates");
  }

  @Test
  void shouldRefuseWhatIsNoFile() {
    assertThatThrownBy(() -> read("")).isInstanceOf(RatesException.BadSize.class);
    assertThatThrownBy(() -> read(HEADER)).isInstanceOf(RatesException.BadSize.class);
    assertThatThrownBy(() -> RatesFile.read(new byte[] {(byte) 0xC3, 0x28}))
        .hasMessage("rates must be text in UTF-8");
    assertThatThrownBy(() -> RatesFile.read(new byte[RatesFile.MOST_BYTES + 1]))
        .hasMessageContaining("at most 8388608 bytes");
    String many = HEADER + "26201,*,*,1,EUR\n".repeat(RateTable.MOST_RATES + 1);
    assertThatThrownBy(() -> read(many)).hasMessageContaining("at most 100000 rows: line 100002");
  }
}
