package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DimensionTest {

  @Test
  void shouldFindADimensionByName() {
    assertThat(Dimension.parse("mcc_mnc", Cube.SALE)).isEqualTo(Dimension.MCC_MNC);
    assertThat(Dimension.parse("Route", Cube.COST)).isEqualTo(Dimension.ROUTE);
  }

  @Test
  void shouldNameTheKnownOnesWhenThereIsNoSuchDimension() {
    assertThatThrownBy(() -> Dimension.parse("chanel", Cube.SALE))
        .isInstanceOf(TotalsException.UnknownDimension.class)
        .hasMessage(
            "no such dimension; those of the sale totals are account, day, month, channel,"
                + " direction, traffic_type, country, mcc_mnc, status_group, currency");
    assertThatThrownBy(() -> Dimension.parse("+491701234567", Cube.COST))
        .isInstanceOf(TotalsException.UnknownDimension.class)
        .hasMessageStartingWith("no such dimension; those of the cost totals are supplier, ")
        .hasMessageNotContaining("49170");
  }

  @Test
  void shouldTellADimensionOfTheOtherCube() {
    assertThatThrownBy(() -> Dimension.parse("route", Cube.SALE))
        .isInstanceOf(TotalsException.OtherCube.class)
        .hasMessageStartingWith("route is a dimension of the cost totals; the sale totals have ");
    assertThatThrownBy(() -> Dimension.parse("country", Cube.COST))
        .isInstanceOf(TotalsException.OtherCube.class)
        .hasMessageStartingWith("country is a dimension of the sale totals; the cost totals have ");
  }

  @ParameterizedTest
  @CsvSource({
    "ACCOUNT,Acme-7",
    "ACCOUNT,''",
    "DAY,2026-10-31",
    "DAY,1969-12-31",
    "MONTH,2026-10",
    "MONTH,1970-01",
    "CHANNEL,SMS",
    "CHANNEL,''",
    "CHANNEL,200",
    "DIRECTION,MO",
    "TRAFFIC_TYPE,OTP",
    "COUNTRY,DE",
    "COUNTRY,''",
    "MCC_MNC,26201",
    "MCC_MNC,310260",
    "MCC_MNC,''",
    "STATUS_GROUP,DELIVERED",
    "CURRENCY,INR",
    "CURRENCY,''",
  })
  void shouldReadBackWhatItWrote(Dimension dimension, String text) {
    byte[] bytes = dimension.bytes(text);
    assertThat(dimension.text(bytes, 0, bytes.length)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "DAY,2026-02-30,day must be a day such as 2026-10-31",
    "DAY,+1000000000-01-01,day must be",
    "MONTH,2026-13,month must be a month such as 2026-10",
    "CHANNEL,PIGEON,channel must be one of SMS",
    "CHANNEL,1,channel must be one of SMS",
    "CHANNEL,256,channel must be one of SMS",
    "CHANNEL,UNRECOGNIZED,channel must be one of SMS",
    "COUNTRY,DEU,country must be two letters",
    "CURRENCY,€,currency must be three letters",
    "MCC_MNC,262,mcc_mnc must be a mobile network's 5 or 6 digits",
    "MCC_MNC,2620123,mcc_mnc must be",
    "ROUTE,x12345678901234567890123456789012345678901234567890123456789012345,route must be a text",
  })
  void shouldRefuseWhatCannotBeAValueWithoutRepeatingIt(
      Dimension dimension, String text, String message) {
    assertThatThrownBy(() -> dimension.bytes(text))
        .isInstanceOf(TotalsException.BadValue.class)
        .hasMessageStartingWith(message)
        .message()
        .isNotEqualTo(text);
  }

  @Test
  void shouldTakeSmallLetters() {
    assertThat(Dimension.CHANNEL.bytes("sms")).isEqualTo(Dimension.CHANNEL.bytes("SMS"));
    assertThat(Dimension.CURRENCY.bytes("eur")).isEqualTo(Dimension.CURRENCY.bytes("EUR"));
  }
}
