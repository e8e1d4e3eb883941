package vellum.core.rerating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.seal.SealFixture;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.TestRecords;
import vellum.core.strip.StripFixture;
import vellum.core.strip.StrippedRecord;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;
import vellum.v1.Rating;
import vellum.v1.TrafficType;
import vellum.v1.UnitType;

final class PricingTest {

  @TempDir Path directory;

  private static Pricing pricing(long unitPriceNanos, String currency) {
    Rate.Match any = new Rate.Match("", "", 0, 0, 0, "", 0);
    return new Pricing(
        RateTable.of(
            List.of(
                new Rate(7, any, Integer.MIN_VALUE, Integer.MAX_VALUE, unitPriceNanos, currency))));
  }

  private RatedRow row(UnaryOperator<Rating.Builder> rating) {
    DetailRecord record =
        TestRecords.sms(1).toBuilder()
            .setRating(
                rating.apply(
                    Rating.newBuilder()
                        .setVersion(3)
                        .setUnits(4)
                        .setUnitType(UnitType.SEGMENT)
                        .setSalePriceNanos(1_000)
                        .setCurrency("EUR")))
            .build();
    return read(record);
  }

  private RatedRow read(DetailRecord record) {
    SealedRecord sealed = SealFixture.records(new SealFixture(directory).seal(record)).get(0);
    return new RatedRow().read(sealed.row(), sealed.startedAtMicros());
  }

  @Test
  void shouldMultiplyUnitsExactly() {
    Pricing pricing = pricing(1_234_567_891L, "EUR");

    assertThat(pricing.of(row(rating -> rating.setUnits(3_000_000_001L))))
        .isEqualTo(Pricing.Verdict.CHANGED);
    assertThat(pricing.priceNanos()).isEqualTo(3_703_703_674_234_567_891L);
    assertThat(pricing.of(row(rating -> rating.setUnits(0)))).isEqualTo(Pricing.Verdict.CHANGED);
    assertThat(pricing.priceNanos()).isZero();
  }

  @Test
  void shouldNameThePriceThatIsTooLarge() {
    Pricing pricing = pricing(Long.MAX_VALUE / 2, "EUR");

    assertThat(pricing.of(row(rating -> rating.setUnits(2)))).isEqualTo(Pricing.Verdict.CHANGED);
    assertThatThrownBy(() -> pricing.of(row(rating -> rating.setUnits(3))))
        .isInstanceOf(RerateException.Overflow.class)
        .hasMessageContaining("line 7")
        .hasMessageContaining("3 units");
  }

  @Test
  void shouldLeaveWhatHasThePriceOrNoRating() {
    Pricing pricing = pricing(250, "EUR");

    assertThat(pricing.of(row(rating -> rating))).isEqualTo(Pricing.Verdict.SAME);
    assertThat(pricing.of(row(rating -> rating.setCurrency("USD"))))
        .isEqualTo(Pricing.Verdict.CHANGED);
    assertThat(pricing.of(read(TestRecords.sms(1)))).isEqualTo(Pricing.Verdict.UNRATED);
    assertThat(pricing.of(row(rating -> rating.setVersion(Long.MAX_VALUE).setUnits(5))))
        .isEqualTo(Pricing.Verdict.LAST_VERSION);
  }

  @Test
  void shouldNotPutAnExpectedCostIntoAnotherCurrency() {
    Pricing pricing = pricing(250, "USD");

    assertThat(pricing.of(row(rating -> rating.setCostPriceNanos(1))))
        .isEqualTo(Pricing.Verdict.OTHER_CURRENCY);
    assertThat(pricing(1, "EUR").of(row(rating -> rating.setCostPriceNanos(1))))
        .isEqualTo(Pricing.Verdict.CHANGED);
  }

  @Test
  void shouldReadTheSameOfSealedAndStrippedRows() {
    StripFixture fixture = new StripFixture(directory);
    DetailRecord.Builder record = TestRecords.sms(1).toBuilder();
    record
        .getSubmissionBuilder()
        .setDirection(Direction.MT)
        .setTrafficType(TrafficType.OTP)
        .setPortedMccMnc("26203");
    record.setRating(
        Rating.newBuilder()
            .setVersion(9)
            .setUnits(2)
            .setUnitType(UnitType.MESSAGE)
            .setSalePriceNanos(-5)
            .setCostPriceNanos(6)
            .setCurrency("EUR"));
    SealedRecord sealed = fixture.seal(record.build());
    StrippedRecord stripped = fixture.strip(sealed.key(), sealed.row());

    RatedRow one = new RatedRow().read(sealed.row(), sealed.startedAtMicros());
    RatedRow other = new RatedRow().read(stripped.row(), stripped.startedAtMicros());

    for (RatedRow row : List.of(one, other)) {
      assertThat(row.values())
          .isEqualTo(
              new Rate.Match(
                  "acct-1",
                  "26201",
                  1,
                  TrafficType.OTP_VALUE,
                  Direction.MT_VALUE,
                  "DE",
                  UnitType.MESSAGE_VALUE));
      assertThat(row.day())
          .isEqualTo((int) Math.floorDiv(TestRecords.STARTED.getEpochSecond(), 86_400));
      assertThat(row.version()).isEqualTo(9);
      assertThat(row.units()).isEqualTo(2);
      assertThat(row.saleNanos()).isEqualTo(-5);
      assertThat(row.costNanos()).isEqualTo(6);
      assertThat(row.currency()).isEqualTo("EUR");
    }
  }
}
