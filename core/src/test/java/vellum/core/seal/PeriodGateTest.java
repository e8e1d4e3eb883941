package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.KeyListener;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.IdentityClass;
import vellum.core.record.MonthId;
import vellum.v1.DetailRecord;
import vellum.v1.RejectionCode;

/** What becomes of records that come before, at and after the end of their identities. */
final class PeriodGateTest {

  private static final MonthId MONTH = MonthId.parse("2026-11.default");
  private static final MonthId OLD = MonthId.parse("2025-10.default");
  private static final Instant OLD_TIME = Instant.parse("2025-10-31T23:59:59Z");

  @TempDir Path directory;
  private SealFixture fixture;
  private PeriodGate gate;
  private Life life;

  /** A life that a test moves. */
  private static final class Life implements PeriodLife {
    private boolean sealing = true;
    private boolean gone;
    private long revision;

    @Override
    public boolean isSealing(MonthId month) {
      return sealing;
    }

    @Override
    public boolean isGone(MonthId month) {
      return gone;
    }

    @Override
    public long revision() {
      return revision;
    }
  }

  @BeforeEach
  void open() {
    fixture = new SealFixture(directory);
    life = new Life();
    fixture.life = life;
    gate = new KeyedGate(fixture.keys, life, fixture.calendar, () -> fixture.now);
  }

  private static List<Rejected> rejected(SealedBatch batch) {
    return batch.rejected();
  }

  /** Sealed fields and hints of a batch; none means that nobody can find or open an identity. */
  private static int hints(SealedBatch batch) {
    EntryReader entries = new EntryReader().over(batch.body(), 0, batch.length());
    int hints = 0;
    while (entries.next()) {
      hints += entries.identities();
    }
    return hints;
  }

  @Test
  void shouldMakeTheKeyOfTheYearBeforeTheMonths() {
    List<MonthId> made = new ArrayList<>();
    fixture.keys.tell(
        new KeyListener() {
          @Override
          public void made(MonthId month, String key) {
            made.add(month);
          }

          @Override
          public void ending(MonthId month, String key) {}

          @Override
          public void ended(MonthId month, String key) {}
        });

    fixture.seal(TestRecords.sms(1));

    assertThat(made).containsExactly(MONTH.year(), MONTH);
  }

  @Test
  void shouldSealWhileTheKeyLives() {
    fixture.seal(TestRecords.sms(1));
    fixture.now = fixture.calendar.identityDeadline(MONTH).plusSeconds(60);

    assertThat(gate.mode(MONTH)).isEqualTo(PeriodGate.Mode.SEAL);
    assertThat(hints(fixture.seal(TestRecords.sms(2)))).isEqualTo(1);
  }

  @Test
  void shouldNeverMakeAKeyOnceItsDeadlineHasPassed() {
    DetailRecord late = TestRecords.sms(1, OLD_TIME, TestRecords.NUMBER).build();

    SealedBatch batch = fixture.seal(late);

    assertThat(rejected(batch)).isEmpty();
    assertThat(hints(batch)).isZero();
    assertThat(fixture.keys.destroyed(OLD)).isTrue();
    assertThat(fixture.keys.existing(OLD)).isEmpty();
  }

  @Test
  void shouldSealUntilTheInstantOfTheDeadline() {
    fixture.now = fixture.calendar.identityDeadline(OLD).minusNanos(1);
    assertThat(gate.mode(OLD)).isEqualTo(PeriodGate.Mode.SEAL);

    fixture.now = fixture.calendar.identityDeadline(OLD);
    assertThat(gate.mode(OLD)).isEqualTo(PeriodGate.Mode.STRIP);
  }

  @Test
  void shouldRefuseWhatItsArchiveYearTookAlong() {
    fixture.now = fixture.calendar.removal(OLD).minusNanos(1);
    assertThat(gate.mode(OLD)).isEqualTo(PeriodGate.Mode.STRIP);

    fixture.now = fixture.calendar.removal(OLD);
    assertThat(gate.mode(OLD)).isEqualTo(PeriodGate.Mode.GONE);
    assertThat(rejected(fixture.seal(TestRecords.sms(1, OLD_TIME, "+491701").build())))
        .extracting(Rejected::code)
        .containsExactly(RejectionCode.TIME_TOO_OLD_VALUE);
  }

  @Test
  void shouldRefuseWhatIsExpiring() {
    life.gone = true;

    assertThat(gate.mode(MONTH)).isEqualTo(PeriodGate.Mode.GONE);
    assertThat(fixture.keys.destroyed(MONTH)).isFalse();
  }

  @Test
  void shouldStopSealingFromTheNextBatchOn() {
    // given
    assertThat(hints(fixture.seal(TestRecords.sms(1)))).isEqualTo(1);

    // when
    life.sealing = false;
    life.revision++;

    // then
    assertThat(hints(fixture.seal(TestRecords.sms(2)))).isZero();
  }

  @Test
  void shouldStripWhatIsUnderWayWhenTheKeyIsDestroyed() {
    // given
    fixture.seal(TestRecords.sms(1));
    fixture.sealer.begin(account -> true);
    add(TestRecords.sms(2));

    // when
    fixture.keys.destroy(MONTH, fixture.now);
    add(TestRecords.sms(3));
    SealedBatch batch = fixture.sealer.finish();

    // then
    assertThat(rejected(batch)).isEmpty();
    List<SealedRecord> records = SealFixture.records(batch);
    assertThat(records).hasSize(2);
    assertThat(records.get(1).row().length).isLessThan(records.get(0).row().length);
    assertThat(hints(batch)).isEqualTo(1);
  }

  private void add(DetailRecord record) {
    byte[] bytes = record.toByteArray();
    fixture.sealer.add(bytes, 0, bytes.length);
  }

  @Test
  void shouldWriteTheSameRowWithoutWhatIsSealed() {
    long seed = 5;
    Random random = new Random(seed);
    List<DetailRecord> clear = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      clear.add(TestRecords.full(random, "canary"));
    }
    List<SealedRecord> sealed = SealFixture.records(fixture.seal(clear));
    sealed.stream().map(SealedRecord::month).distinct().forEach(this::destroy);

    SealedBatch batch = fixture.seal(clear);

    assertThat(rejected(batch)).isEmpty();
    assertThat(hints(batch)).isZero();
    List<SealedRecord> stripped = SealFixture.records(batch);
    RecordOpener opener = new RecordOpener();
    for (int i = 0; i < clear.size(); i++) {
      assertThat(opener.open(stripped.get(i), Identities.ABSENT, null))
          .as("seed %d, record %d", seed, i)
          .isEqualTo(opener.open(sealed.get(i), Identities.ABSENT, null));
    }
  }

  @Test
  void shouldLeaveNeitherNumberNorSealOfIt() {
    SealedBatch sealed = fixture.seal(TestRecords.sms(1));
    destroy(MONTH);

    SealedBatch batch = fixture.seal(TestRecords.sms(1));

    byte[] kept = SealFixture.records(batch).get(0).row();
    int seal = MonthCipher.sealedLength(IdentityClass.TEL, TestRecords.NUMBER.length() - 1);
    assertThat(kept.length)
        .as("tag, length and class go with the seal")
        .isEqualTo(SealFixture.records(sealed).get(0).row().length - seal - 3);
    assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("1701234567");
  }

  private void destroy(MonthId month) {
    fixture.keys.destroy(month, fixture.now);
  }

  @Test
  void shouldCheckARecordWithoutAKeyAsItDoesOneWith() {
    DetailRecord.Builder bad = TestRecords.sms(1).toBuilder();
    bad.getSubmissionBuilder().setMccMnc("x".repeat(2000));
    int before = rejected(fixture.seal(bad.build())).get(0).code();
    destroy(MONTH);

    assertThat(rejected(fixture.seal(bad.build())))
        .extracting(Rejected::code)
        .containsExactly(before);
  }
}
