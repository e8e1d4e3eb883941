package vellum.core.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.journal.JournalConfig;
import vellum.core.record.IdentityClass;
import vellum.core.record.MonthId;
import vellum.v1.DetailRecord;

/** What is sealed under the keys of holds: copies of stored records, and records that come late. */
final class HeldSealingTest {

  private static final MonthId MONTH = MonthId.parse("2026-11.default");
  private static final MonthId VAULT = MonthId.hold(YearMonth.of(2026, 11), "7r3kx9pw");
  private static final MonthId OTHER = MonthId.hold(YearMonth.of(2026, 11), "0000000z");

  @TempDir Path directory;
  private SealFixture fixture;
  private BatchSealer sealer;
  private List<HeldScope> scopes = List.of();
  private long revision;

  @BeforeEach
  void open() {
    fixture = new SealFixture(directory);
    fixture.keys.key(VAULT);
    fixture.keys.key(OTHER);
    sealer = fixture.judging().watching(new Scopes());
  }

  private final class Scopes implements HeldScopes {
    @Override
    public List<HeldScope> active() {
      return scopes;
    }

    @Override
    public long revision() {
      return revision;
    }
  }

  /** One number of one account. */
  private record NumberScope(MonthId vault, String account, String number) implements HeldScope {
    @Override
    public boolean mayMatch(String asked, int channel, long startedAtMicros) {
      return asked.equals(account);
    }

    @Override
    public boolean needsIdentity() {
      return !number.isEmpty();
    }

    @Override
    public boolean matches(IdentityClass identityClass, byte[] canonical, int offset, int length) {
      return identityClass == IdentityClass.TEL
          && new String(canonical, offset, length, UTF_8).equals(number);
    }

    @Override
    public boolean matchesId(long idHigh, long idLow) {
      return false;
    }
  }

  /** A month as its stage has it. */
  private record Life(boolean isSealing, boolean isCopying) implements PeriodLife {
    @Override
    public boolean isSealing(MonthId month) {
      return isSealing;
    }

    @Override
    public boolean isCopyingHolds(MonthId month) {
      return isCopying;
    }

    @Override
    public boolean isGone(MonthId month) {
      return false;
    }

    @Override
    public long revision() {
      return (isSealing ? 1L : 2L) + (isCopying ? 4L : 8L);
    }
  }

  private void hold(HeldScope... active) {
    scopes = List.of(active);
    revision++;
  }

  private SealedBatch seal(DetailRecord... records) {
    sealer.begin(account -> true);
    for (DetailRecord record : records) {
      byte[] bytes = record.toByteArray();
      sealer.add(bytes, 0, bytes.length);
    }
    return sealer.finish();
  }

  private SealedBatch copy(SealedRecord... records) {
    MonthCipher month = fixture.keys.existing(MONTH).orElseThrow().newCipher();
    sealer.begin(account -> true);
    for (SealedRecord record : records) {
      sealer.addHeld(VAULT, record, month);
    }
    return sealer.finish();
  }

  private static List<SealedRecord> of(SealedBatch batch, MonthId period) {
    return SealFixture.entries(batch).stream()
        .filter(record -> record.month().equals(period))
        .toList();
  }

  private static byte[] entry(SealedBatch batch, MonthId period) {
    EntryReader entries = new EntryReader().over(batch.body(), 0, batch.length());
    while (entries.next()) {
      if (entries.month().equals(period)) {
        return Arrays.copyOfRange(
            entries.bytes(), entries.hintsOffset(), entries.rowOffset() + entries.rowLength());
      }
    }
    return new byte[0];
  }

  @Test
  void shouldGiveBackEveryFieldUnderTheHoldsKey() {
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      // given
      SealedRecord stored = of(seal(TestRecords.full(random, "canary")), MONTH).get(0);

      // when
      SealedRecord held = of(copy(stored), VAULT).get(0);

      // then
      assertThat(held.key()).isEqualTo(stored.key());
      assertThat(held.row()).isNotEqualTo(stored.row());
      assertThat(fixture.open(held, Identities.CLEAR))
          .isEqualTo(fixture.open(stored, Identities.CLEAR));
      assertThatThrownBy(
              () ->
                  new RecordOpener()
                      .open(
                          held,
                          Identities.CLEAR,
                          fixture.keys.existing(MONTH).orElseThrow().newCipher()))
          .isInstanceOf(CryptoException.SealBroken.class);
    }
  }

  @Test
  void shouldMakeTheSameEntryOfACopyAndOfALateRecord() {
    Random random = new Random(12);
    for (int i = 0; i < 100; i++) {
      // given
      DetailRecord clear = TestRecords.full(random, "canary");
      hold(new NumberScope(VAULT, clear.getAccount(), ""));
      fixture.life = new Life(true, true);

      // when
      SealedBatch late = seal(clear);
      SealedBatch copied = copy(of(late, MONTH).get(0));

      // then: pseudonyms, key and row
      assertThat(entry(copied, VAULT)).isNotEmpty().isEqualTo(entry(late, VAULT));
      assertThat(late.sequences()).isEqualTo(1);
    }
  }

  @Test
  void shouldHoldLateRecordWithItsIdentitiesWhenItsMonthHasNone() {
    // given
    DetailRecord meant = TestRecords.sms(1);
    DetailRecord notMeant = TestRecords.sms(2, TestRecords.STARTED, "+491709999999").build();
    seal(meant);
    hold(
        new NumberScope(VAULT, "acct-1", TestRecords.NUMBER.substring(1)),
        new NumberScope(OTHER, "acct-2", ""));
    fixture.keys.destroy(MONTH, SealFixture.NOW);

    // when
    SealedBatch late = seal(meant, notMeant);

    // then
    assertThat(late.rejected()).isEmpty();
    assertThat(of(late, MONTH)).hasSize(2);
    assertThat(of(late, OTHER)).isEmpty();
    assertThat(of(late, VAULT))
        .singleElement()
        .satisfies(held -> assertThat(fixture.open(held, Identities.CLEAR)).isEqualTo(meant));
  }

  @Test
  void shouldHoldNothingOfAMonthWhoseEndIsFar() {
    // given
    hold(new NumberScope(VAULT, "acct-1", TestRecords.NUMBER.substring(1)));
    fixture.life = new Life(true, false);

    // then: the copying pass will find it
    assertThat(of(seal(TestRecords.sms(1)), VAULT)).isEmpty();
  }

  @Test
  void shouldRefuseNoRecordForTheNumberOfItsHolds() {
    // given
    HeldScope[] all = new HeldScope[300];
    for (int i = 0; i < all.length; i++) {
      MonthId vault = MonthId.hold(YearMonth.of(2026, 11), "%08d".formatted(i));
      fixture.keys.key(vault);
      all[i] = new NumberScope(vault, "acct-1", "");
    }
    hold(all);
    fixture.life = new Life(true, true);

    // when
    SealedBatch batch = seal(TestRecords.sms(1), TestRecords.sms(2));

    // then
    assertThat(batch.rejected()).isEmpty();
    assertThat(SealFixture.entries(batch)).hasSize(2 * 301);
    assertThat(of(batch, ((NumberScope) all[299]).vault()))
        .first()
        .satisfies(
            held -> assertThat(fixture.open(held, Identities.CLEAR)).isEqualTo(TestRecords.sms(1)));
  }

  @Test
  void shouldEndABatchBeforeItsHoldsMakeItMoreThanTheJournalTakes() {
    // given: forty holds
    HeldScope[] all = new HeldScope[40];
    for (int i = 0; i < all.length; i++) {
      MonthId vault = MonthId.hold(YearMonth.of(2026, 11), "%08d".formatted(i));
      fixture.keys.key(vault);
      all[i] = new NumberScope(vault, "acct-1", "");
    }
    hold(all);
    fixture.life = new Life(true, true);

    // when: 4,096 records, in as many batches as they need
    List<SealedBatch> batches = new ArrayList<>();
    sealer.begin(account -> true);
    for (int i = 0; i < 4_096; i++) {
      if (sealer.isFull()) {
        batches.add(sealer.finish());
        sealer.begin(account -> true);
      }
      byte[] bytes = TestRecords.sms(i).toByteArray();
      sealer.add(bytes, 0, bytes.length);
    }
    batches.add(sealer.finish());

    // then
    assertThat(batches).hasSizeGreaterThan(4);
    assertThat(batches.stream().mapToInt(SealedBatch::sequences).sum()).isEqualTo(4_096);
    assertThat(batches)
        .allSatisfy(
            batch ->
                assertThat(batch.length())
                    .isLessThanOrEqualTo(JournalConfig.defaults().maxBatchBytes()));
  }

  @Test
  void shouldGoOnWithoutAHoldThatIsReleased() {
    // given
    hold(
        new NumberScope(VAULT, "acct-1", TestRecords.NUMBER.substring(1)),
        new NumberScope(OTHER, "acct-1", ""));
    fixture.life = new Life(true, true);
    assertThat(of(seal(TestRecords.sms(1)), VAULT)).hasSize(1);

    // when
    fixture.keys.destroy(VAULT, SealFixture.NOW);
    SealedBatch after = seal(TestRecords.sms(2));

    // then
    assertThat(after.rejected()).isEmpty();
    assertThat(of(after, VAULT)).isEmpty();
    assertThat(of(after, OTHER)).hasSize(1);
    assertThatThrownBy(() -> copy(of(after, MONTH).get(0)))
        .isInstanceOf(CryptoException.KeyDestroyed.class);
  }
}
