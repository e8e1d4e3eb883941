package vellum.core.strip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.seal.EntryReader;
import vellum.core.seal.Identities;
import vellum.core.seal.NewRating;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;
import vellum.v1.Rating;

/** Rows that bring nothing but another price, of sealed records and of stripped ones. */
final class RatedRowsTest {

  private static final Instant RATED = Instant.parse("2026-11-20T12:00:01.654321Z");
  private static final long RATED_MICROS = RATED.getEpochSecond() * 1_000_000 + 654_321;

  @TempDir Path directory;

  private static NewRating rating(long version) {
    return new NewRating(version, 123_456_789_012L, "CHF", "rerate-1", RATED_MICROS);
  }

  private static byte[] row(StripFixture fixture, byte[] key, byte[] row, long startedAt) {
    var sealer = fixture.seals.newSealer();
    sealer.begin(account -> false);
    sealer.rate(StripFixture.MONTH, key, row, startedAt, rating(Long.MAX_VALUE));
    SealedBatch batch = sealer.finish();
    EntryReader entries = new EntryReader().over(batch.body(), 0, batch.length());
    assertThat(entries.next()).isTrue();
    assertThat(entries.month()).isEqualTo(StripFixture.MONTH);
    assertThat(entries.identities()).isZero();
    assertThat(entries.hasArchiveKey()).isEqualTo(key.length == ArchiveKey.BYTES);
    assertThat(
            Arrays.copyOfRange(
                entries.bytes(), entries.keyOffset(), entries.keyOffset() + key.length))
        .isEqualTo(key);
    byte[] made =
        Arrays.copyOfRange(
            entries.bytes(), entries.rowOffset(), entries.rowOffset() + entries.rowLength());
    assertThat(entries.next()).isFalse();
    return made;
  }

  /** Stripping a new price is the new price of what is stripped; nothing else is in the row. */
  @Test
  void shouldComeToTheSameBeforeAndBehindAStrip() {
    StripFixture fixture = new StripFixture(directory);
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      // given
      DetailRecord.Builder record = TestRecords.full(random, "text").toBuilder();
      if (round % 3 == 0) {
        record.setRating(Rating.newBuilder().setVersion(1).setUnits(1));
      }
      SealedRecord sealed = fixture.seal(record.build());
      StrippedRecord stripped = fixture.strip(sealed);

      // when
      byte[] one = row(fixture, sealed.key(), sealed.row(), sealed.startedAtMicros());
      byte[] other = row(fixture, stripped.key(), stripped.row(), stripped.startedAtMicros());

      // then
      assertThat(fixture.strip(sealed.key(), one).row()).isEqualTo(other);
      DetailRecord opened =
          new RecordOpener()
              .open(
                  new SealedRecord(StripFixture.MONTH, sealed.key(), one), Identities.ABSENT, null);
      assertThat(opened.getRating())
          .isEqualTo(
              record.getRating().toBuilder()
                  .setVersion(Long.MAX_VALUE)
                  .setSalePriceNanos(123_456_789_012L)
                  .setCurrency("CHF")
                  .setRatePlanVersion("rerate-1")
                  .setRatedAt(TestRecords.timestamp(RATED))
                  .build());
      assertThat(opened.hasSubmission() || opened.hasDelivery() || opened.getLegsCount() > 0)
          .isFalse();
    }
  }

  @Test
  void shouldRefuseWhatHasNoRatingOfALowerVersion() {
    StripFixture fixture = new StripFixture(directory);
    SealedRecord unrated = fixture.seal(TestRecords.sms(1));
    SealedRecord rated = fixture.seal(TestRecords.rated(1, 5, 10));
    var sealer = fixture.seals.newSealer();
    sealer.begin(account -> true);

    assertThatThrownBy(
            () -> sealer.rate(StripFixture.MONTH, unrated.key(), unrated.row(), 0, rating(1)))
        .hasMessage("the record has no rating");
    assertThatThrownBy(
            () -> sealer.rate(StripFixture.MONTH, rated.key(), rated.row(), 0, rating(5)))
        .hasMessageContaining("not above");
    assertThatThrownBy(
            () -> sealer.rate(StripFixture.MONTH, new byte[18], rated.row(), 0, rating(6)))
        .hasMessage("the key has 18 bytes");
    assertThat(sealer.finish().sequences()).isZero();
  }
}
