package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.Output;
import vellum.core.seal.RowFormat;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.TestRecords;
import vellum.core.strip.StripFixture;
import vellum.v1.DetailRecord;

/**
 * Merging and stripping may be exchanged: a message that comes after the strip makes the row that
 * it would have made before.
 */
final class StripMergeTest {

  private static final long SEED = 2026;
  private static final int ROUNDS = 400;

  @TempDir Path directory;

  @Test
  void shouldStripMergedRowsToMergedStrippedRows() {
    // given
    StripFixture fixture = new StripFixture(directory);
    Random random = new Random(SEED);
    int changed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      DetailRecord header = TestRecords.full(random, "text");
      SealedRecord row = fixture.seal(aspects(header, random));
      SealedRecord message = fixture.seal(aspects(header, random));
      byte[] sealed = row.row();
      byte[] stripped = fixture.strip(row.key(), sealed).row();
      byte[] late = fixture.strip(message.key(), message.row()).row();
      // when
      byte[] merged = merge(sealed, message.row());
      byte[] mergedStripped = merge(stripped, late);
      // then
      assertThat(mergedStripped)
          .as("round %d, seed %d", round, SEED)
          .isEqualTo(fixture.strip(row.key(), merged).row());
      assertThat(mergedStripped[0]).isEqualTo((byte) RowFormat.STRIPPED);
      changed += Arrays.equals(merged, sealed) ? 0 : 1;
    }
    assertThat(changed).isBetween(ROUNDS / 4, ROUNDS - 1);
  }

  /** A message about a record with some of its aspects, in low versions, so that they meet. */
  private static DetailRecord aspects(DetailRecord header, Random random) {
    Supplier<DetailRecord> other = () -> TestRecords.full(random, "text");
    DetailRecord.Builder message =
        header.toBuilder().clearSubmission().clearDelivery().clearRating().clearLegs();
    if (random.nextBoolean()) {
      message.setSubmission(
          other.get().getSubmission().toBuilder().setVersion(1 + random.nextInt(3)));
    }
    if (random.nextBoolean()) {
      message.setDelivery(other.get().getDelivery().toBuilder().setVersion(1 + random.nextInt(3)));
    }
    for (int leg = 1; leg <= 3; leg++) {
      if (random.nextInt(3) == 0) {
        message.addLegs(
            other.get().getLegs(0).toBuilder().setNumber(leg).setVersion(1 + random.nextInt(300)));
      }
    }
    return message
        .setRating(other.get().getRating().toBuilder().setVersion(1 + random.nextInt(3)))
        .build();
  }

  private static byte[] merge(byte[] row, byte[] message) {
    Output out = new Output(4096);
    AspectMerge merge =
        new AspectMerge().row(row, 0, row.length).message(message, 0, message.length);
    assertThat(merge.mergeInto(out)).isTrue();
    return merge.outcome() == AspectMerge.Outcome.CHANGED
        ? Arrays.copyOf(out.bytes(), out.size())
        : row;
  }
}
