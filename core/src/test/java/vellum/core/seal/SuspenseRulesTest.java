package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.v1.CallResult;
import vellum.v1.Channel;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Rating;
import vellum.v1.RejectionCode;
import vellum.v1.Submission;

/** What the rules put into suspense, and what passes. */
final class SuspenseRulesTest {

  private static final Instant STARTED = TestRecords.STARTED;

  @TempDir Path directory;
  private SealFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SealFixture(directory);
  }

  private static DetailRecord rated(Rating.Builder rating) {
    return TestRecords.header(1, STARTED).setRating(rating.setVersion(1)).build();
  }

  private static DetailRecord call(Instant answered, Instant ended, Duration duration) {
    CallResult.Builder result =
        CallResult.newBuilder()
            .setAnsweredAt(TestRecords.timestamp(answered))
            .setEndedAt(TestRecords.timestamp(ended))
            .setDurationMs(duration.toMillis());
    return TestRecords.header(1, STARTED)
        .setChannel(Channel.VOICE)
        .setDelivery(Delivery.newBuilder().setVersion(1).setCall(result))
        .build();
  }

  /** Codes of the entries of a batch; 0 of one that is to be applied. */
  private List<Integer> codes(DetailRecord... messages) {
    SealedBatch batch = fixture.judged(messages);
    assertThat(batch.rejected()).isEmpty();
    EntryReader entries = new EntryReader().over(batch.body(), 0, batch.length());
    List<Integer> codes = new ArrayList<>();
    while (entries.next()) {
      codes.add(entries.code());
    }
    return codes;
  }

  private void rules(boolean supplier, SuspenseRules.Price price, boolean currency) {
    SuspenseRules defaults = SuspenseRules.DEFAULTS;
    fixture.rules = new SuspenseRules(true, supplier, price, currency, defaults.durations(), true);
  }

  @Test
  void shouldSuspendAnAccountThatTheRegistryDoesNotKnow() {
    DetailRecord unknown = TestRecords.sms(1).toBuilder().setAccount("unknown").build();

    assertThat(codes(unknown, TestRecords.sms(2))).containsExactly(200, 0);
  }

  @Test
  void shouldSuspendUnitsWithoutAPrice() {
    assertThat(codes(rated(Rating.newBuilder().setUnits(2)))).containsExactly(202);
    assertThat(codes(rated(Rating.newBuilder().setUnits(2).setCurrency("EUR"))))
        .as("free says so by its currency")
        .containsExactly(0);
    assertThat(codes(rated(Rating.newBuilder()))).as("nothing is billed").containsExactly(0);
  }

  @Test
  void shouldAskForAPriceOnlyWhereItIsRequired() {
    DetailRecord free = rated(Rating.newBuilder().setUnits(2).setCurrency("EUR"));
    rules(false, new SuspenseRules.Price(true, true, 1 << Channel.SMS_VALUE, Set.of()), false);
    assertThat(codes(free)).containsExactly(202);
    rules(false, new SuspenseRules.Price(true, true, 1 << Channel.VOICE_VALUE, Set.of()), false);
    assertThat(codes(free)).containsExactly(0);
    rules(false, new SuspenseRules.Price(true, true, 0, Set.of("acct-1")), false);
    assertThat(codes(free)).containsExactly(202);
    rules(false, new SuspenseRules.Price(true, true, 0, Set.of("acct-2")), false);
    assertThat(codes(free)).containsExactly(0);
  }

  @Test
  void shouldSuspendAnotherCurrencyThanTheAccountsOnlyWhenAsked() {
    DetailRecord dollars =
        rated(Rating.newBuilder().setUnits(1).setSalePriceNanos(5).setCurrency("USD"));
    DetailRecord euros =
        rated(Rating.newBuilder().setUnits(1).setSalePriceNanos(5).setCurrency("EUR"));
    assertThat(codes(dollars)).containsExactly(0);
    rules(false, SuspenseRules.DEFAULTS.missingPrice(), true);
    assertThat(codes(dollars, euros)).containsExactly(203, 0);
  }

  @Test
  void shouldSuspendASupplierThatTheRegistryDoesNotKnowOnlyWhenAsked() {
    DetailRecord nobodys = leg("nobody");
    assertThat(codes(nobodys)).containsExactly(0);
    rules(true, SuspenseRules.DEFAULTS.missingPrice(), false);
    assertThat(codes(nobodys, leg("carrier-1"), nobodys)).containsExactly(201, 0, 201);
  }

  private static DetailRecord leg(String supplier) {
    return TestRecords.header(1, STARTED)
        .addLegs(Leg.newBuilder().setVersion(1).setNumber(1).setSupplier(supplier))
        .build();
  }

  @Test
  void shouldSuspendDurationsThatCannotBe() {
    Instant end = STARTED.plusSeconds(60);
    assertThat(codes(call(STARTED, end, Duration.ofSeconds(60)))).containsExactly(0);
    assertThat(codes(call(STARTED, end, Duration.ofHours(24)))).containsExactly(0);
    assertThat(codes(call(STARTED, end, Duration.ofHours(24).plusMillis(1)))).containsExactly(204);
    assertThat(codes(call(end.plusSeconds(61), end, Duration.ofSeconds(1)))).containsExactly(204);
    assertThat(codes(call(STARTED.minusSeconds(99), STARTED.minusSeconds(61), Duration.ZERO)))
        .containsExactly(204);
    assertThat(codes(call(STARTED, STARTED.minusSeconds(60), Duration.ZERO)))
        .as("clocks differ")
        .containsExactly(0);
    Rating.Builder days =
        Rating.newBuilder()
            .setUnits(1)
            .setCurrency("EUR")
            .setBilledDurationMs(Duration.ofDays(2).toMillis());
    assertThat(codes(rated(days))).containsExactly(204);
  }

  @Test
  void shouldKeepWhatComesForAYearThatIsGoneWithoutIdentitiesAndFreeText() {
    // given
    DetailRecord old =
        TestRecords.sms(7, Instant.parse("2014-05-04T10:00:00Z"), TestRecords.NUMBER)
            .setAccount("no-personal-data")
            .mergeSubmission(Submission.newBuilder().setClientRef("canary-77").build())
            .build();

    // when
    SealedBatch batch = fixture.judged(old);

    // then
    EntryReader entries = new EntryReader().over(batch.body(), 0, batch.length());
    assertThat(entries.next()).isTrue();
    assertThat(entries.month()).hasToString("2026-11.suspense");
    assertThat(entries.code()).isEqualTo(SuspenseCode.EXPIRED_YEAR.number());
    assertThat(entries.identities()).isZero();
    assertThat(new String(batch.body(), StandardCharsets.ISO_8859_1))
        .doesNotContain("canary-77")
        .doesNotContain("1701234567");
    fixture.rules = SuspenseRules.NONE;
    assertThat(fixture.judged(old).rejected())
        .extracting(Rejected::code)
        .containsExactly(RejectionCode.TIME_TOO_OLD_VALUE);
    assertThat(fixture.judged(old).length()).isPositive();
  }

  @Test
  void shouldChangeThePeriodOfWhatIsExpiredWithTheMonth() {
    DetailRecord old =
        TestRecords.sms(7, Instant.parse("2014-05-04T10:00:00Z"), TestRecords.NUMBER).build();
    BatchSealer sealer = fixture.judging();
    List<String> periods = new ArrayList<>();

    for (String now : List.of("2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z")) {
      fixture.now = Instant.parse(now);
      sealer.begin(account -> true);
      sealer.add(old.toByteArray(), 0, old.getSerializedSize());
      SealedBatch batch = sealer.finish();
      EntryReader entries = new EntryReader().over(batch.body(), 0, batch.length());
      assertThat(entries.next()).isTrue();
      periods.add(entries.month().toString());
    }

    assertThat(periods).containsExactly("2026-11.suspense", "2026-12.suspense");
  }
}
