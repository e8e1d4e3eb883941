package vellum.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.policy.PolicyTexts.one;
import static vellum.core.policy.PolicyTexts.policy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.CanonicalIdentity;
import vellum.core.seal.AccountFacts;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.Identities;
import vellum.core.seal.KeyedGate;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.SealFixture;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;
import vellum.v1.RejectionCode;

/**
 * The class of a record as sealing finds it: by its header and the registry, never by the clock.
 */
final class ClassChoiceTest {

  private static final Instant MOVED = Instant.parse("2026-11-16T00:00:00Z");

  @TempDir Path directory;

  /** Accounts are under German law until 16 November and under Croatian law then. */
  private static final AccountFacts FACTS =
      new AccountFacts() {
        @Override
        public boolean isRegistered(String account) {
          return true;
        }

        @Override
        public boolean isBusinessSender(String account, CanonicalIdentity identity, long atMicros) {
          return false;
        }

        @Override
        public boolean freeTextIsClear(String account, long atMicros) {
          return false;
        }

        @Override
        public String lawCountry(String account, long atMicros) {
          return atMicros < ClassCalendar.micros(MOVED) ? "DE" : "HR";
        }
      };

  private SealedBatch seal(RetentionPolicy policy, DetailRecord record) {
    SealFixture fixture = new SealFixture(directory);
    PolicyCalendar calendar = new PolicyCalendar(policy);
    InstantSource clock = InstantSource.fixed(SealFixture.NOW);
    PeriodGate gate = new KeyedGate(fixture.keys, fixture.life, calendar, clock);
    BatchSealer sealer = new BatchSealer(calendar, fixture.keys, gate, FACTS, clock);
    byte[] bytes = record.toByteArray();
    sealer.begin(account -> true);
    sealer.add(bytes, 0, bytes.length);
    return sealer.finish();
  }

  private String monthOf(RetentionPolicy policy, DetailRecord record) {
    SealedBatch batch = seal(policy, record);
    assertThat(batch.rejected()).isEmpty();
    return SealFixture.records(batch).get(0).month().toString();
  }

  @Test
  void shouldChooseByTheLawOfTheDayOnWhichTheRecordStarted() {
    RetentionPolicy policy = policy(one("hr", "select: {law_country: HR}"));
    DetailRecord before = TestRecords.sms(1, MOVED.minusMillis(1), TestRecords.NUMBER).build();
    DetailRecord after = TestRecords.sms(2, MOVED, TestRecords.NUMBER).build();

    assertThat(monthOf(policy, before)).isEqualTo("2026-11.default");
    assertThat(monthOf(policy, after)).isEqualTo("2026-11.hr");
    assertThat(monthOf(policy, before.toBuilder().setCountryOfLaw("HR").build()))
        .isEqualTo("2026-11.hr");
  }

  @Test
  void shouldChooseByTheDirectionOfTheHeader() {
    RetentionPolicy policy = policy(one("mo", "select: {direction: MO}"));
    DetailRecord record = TestRecords.sms(1);

    assertThat(monthOf(policy, record.toBuilder().setDirection(Direction.MO).build()))
        .isEqualTo("2026-11.mo");
    assertThat(monthOf(policy, record.toBuilder().setDirection(Direction.MT).build()))
        .isEqualTo("2026-11.default");
  }

  @Test
  void shouldRejectARecordWithoutTheDirectionThatDecides() {
    RetentionPolicy policy = policy(one("mo", "select: {channel: SMS, direction: MO}"));

    SealedBatch batch = seal(policy, TestRecords.sms(1));

    assertThat(batch.rejected())
        .singleElement()
        .satisfies(one -> assertThat(one.code()).isEqualTo(RejectionCode.MISSING_DIRECTION_VALUE));
  }

  @Test
  void shouldNotStoreTheDirectionOfTheHeader() {
    // given
    DetailRecord record = TestRecords.sms(1);
    // when
    SealedBatch batch =
        seal(RetentionPolicy.builtIn(), record.toBuilder().setDirection(Direction.MO).build());
    // then
    SealedRecord sealed = SealFixture.records(batch).get(0);
    assertThat(new SealFixture(directory).open(sealed, Identities.CLEAR)).isEqualTo(record);
  }
}
