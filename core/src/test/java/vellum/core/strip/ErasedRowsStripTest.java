package vellum.core.strip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.Output;
import vellum.core.seal.ErasedParts;
import vellum.core.seal.RowEraser;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;

/** A strip makes the same archive of what was erased before as of what was not. */
final class ErasedRowsStripTest {

  private static final String BUSINESS = "+498001234567";

  @TempDir Path directory;

  @Test
  void shouldStripWhatWasErasedToTheSameRow() {
    // given
    StripFixture fixture = new StripFixture(directory, Set.of(BUSINESS));
    Random random = new Random(5);
    Identifier business =
        Identifier.newBuilder().setKind(IdentifierKind.E164).setValue(BUSINESS).build();
    for (int i = 0; i < 200; i++) {
      DetailRecord.Builder record = TestRecords.full(random, "q7q").toBuilder();
      record.getSubmissionBuilder().getRecipientBuilder().addIdentifiers(business);
      SealedRecord sealed = fixture.seal(record.build());
      Output erased = new Output(16);

      // when
      new RowEraser()
          .erase(sealed.row(), 0, sealed.row().length, random.nextInt(ErasedParts.ALL + 1), erased);

      // then
      StrippedRecord expected = fixture.strip(sealed);
      StrippedRecord stripped =
          fixture.strip(sealed.key(), Arrays.copyOf(erased.bytes(), erased.size()));
      assertThat(stripped.row()).isEqualTo(expected.row());
      assertThat(stripped.key()).isEqualTo(expected.key());
      assertThat(StripFixture.open(stripped).toString()).contains(BUSINESS);
    }
  }
}
