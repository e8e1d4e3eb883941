package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vellum.core.record.AspectKind;

final class PostingTest {

  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final HexFormat HEX = HexFormat.of();

  private static Posting posting(String party, YearMonth to, long sequence) {
    byte[] cell =
        new SaleCell(
                party,
                (int) LocalDate.of(2026, 10, 5).toEpochDay(),
                1,
                1,
                0,
                "DE",
                "26201",
                2,
                "EUR")
            .encode();
    byte[] key = new byte[24];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    Measures delta = new Measures();
    delta.amount().add(-5);
    return new Posting(
        Posting.Kind.ADJUSTMENT,
        new Party(Cube.SALE, party),
        to,
        OCTOBER,
        new Posting.Origin(sequence, 3, 1),
        new Posting.Cause(Posting.Reason.RATING_CHANGED, AspectKind.RATING, 0, 2),
        key,
        cell,
        delta);
  }

  @Test
  void shouldHaveTheBytesThatAreOnDisks() {
    Posting posting = posting("acme", NOVEMBER, 258);
    assertThat(HEX.formatHex(PostingKey.of(posting)))
        .isEqualTo("0101005f020461636d650000000000000102000000030001");
    assertThat(HEX.formatHex(PostingRow.of(posting)))
        .isEqualTo(
            "0108005f01030002"
                + "18000102030405060708090a0b0c0d0e0f1011121314151617"
                + "16"
                + HEX.formatHex(posting.cell())
                + "0000000900");
  }

  @Test
  void shouldReadWhatWasWritten() {
    Posting posting = posting("acme", NOVEMBER, 258);
    Posting read = PostingRow.read(PostingKey.of(posting), PostingRow.of(posting));
    assertThat(read).usingRecursiveComparison().isEqualTo(posting);
    assertThat(Party.ofCell(read.cell(), 0)).isEqualTo(posting.party());
    assertThat(LocalDate.ofEpochDay(Party.dayOfCell(read.cell(), 0)))
        .isEqualTo(LocalDate.of(2026, 10, 5));
  }

  @Test
  void shouldNameTheRunOfARerating() {
    Posting changed = posting("acme", NOVEMBER, 258);
    Posting.Cause cause = new Posting.Cause(Posting.Reason.RERATED, AspectKind.RATING, 0, 2, 1_000);
    Posting rerated =
        new Posting(
            changed.kind(),
            changed.party(),
            changed.to(),
            changed.of(),
            changed.origin(),
            cause,
            changed.recordKey(),
            changed.cell(),
            changed.delta());
    Posting read = PostingRow.read(PostingKey.of(rerated), PostingRow.of(rerated));
    assertThat(read).usingRecursiveComparison().isEqualTo(rerated);
    assertThat(read.under(new byte[18]).cause()).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "rerate-1, 1",
    "rerate-120, 120",
    "rerate-, 0",
    "rerate-0, 0",
    "rerate-01, 0",
    "rerate-1a, 0",
    "Rerate-1, 0",
    "rerate-1234567890123456789, 0",
    "plan-7, 0",
    "2026, 0"
  })
  void shouldReadWhichRunARatePlanNames(String plan, long run) {
    byte[] bytes = ("x" + plan).getBytes(StandardCharsets.UTF_8);
    assertThat(RunName.number(bytes, 1, bytes.length - 1)).isEqualTo(run);
  }

  @Test
  void shouldRefuseAnotherFormat() {
    Posting posting = posting("acme", NOVEMBER, 258);
    byte[] row = PostingRow.of(posting);
    row[0] = 2;
    assertThatThrownBy(() -> PostingRow.read(PostingKey.of(posting), row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void shouldLieTogetherByPeriodPartyAndSequence() {
    byte[] first = PostingKey.of(posting("acme", NOVEMBER, 2));
    byte[] second = PostingKey.of(posting("acme", NOVEMBER, 300));
    byte[] other = PostingKey.of(posting("bcme", NOVEMBER, 1));
    byte[] later = PostingKey.of(posting("acme", NOVEMBER.plusMonths(1), 1));
    assertThat(Arrays.compareUnsigned(first, second)).isNegative();
    assertThat(Arrays.compareUnsigned(second, other)).isNegative();
    assertThat(Arrays.compareUnsigned(other, later)).isNegative();
    byte[] bound = PostingKey.lowerBound(Posting.Kind.ADJUSTMENT, Cube.SALE, NOVEMBER, "acme");
    byte[] behind = PostingKey.behind(bound);
    assertThat(Arrays.compareUnsigned(bound, first)).isNegative();
    assertThat(Arrays.compareUnsigned(second, behind)).isNegative();
    assertThat(Arrays.compareUnsigned(behind, other)).isNegative();
    assertThat(PostingKey.to(later)).isEqualTo(NOVEMBER.plusMonths(1));
  }
}
