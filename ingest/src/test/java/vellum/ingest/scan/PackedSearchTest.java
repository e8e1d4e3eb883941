package vellum.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PackedSearchTest {

  private static final String EVEN = "491701234567";
  private static final String ODD = "48501234567";
  private static final String MAIL = "anna.novak7@mail.example";
  private static final byte[] ID = "0c51f7e29b8ad0437".getBytes(StandardCharsets.US_ASCII);
  private static final int CHUNK = StreamSearch.CHUNK_BYTES;

  /** What a search of bytes as those of one file found. */
  private static Findings found(List<String> numbers, byte[] bytes) {
    ValueSet values = new ValueSet();
    for (int i = 0; i < numbers.size(); i++) {
      values.add(numbers.get(i), i + 1);
    }
    Chance chance = new Chance(values.digits());
    Findings findings = new Findings(chance);
    try {
      new StreamSearch(new ByteSearch(values, chance, StreamSearch.MOST_BYTES))
          .search(
              new ByteArrayInputStream(bytes),
              (form, at, line, window) ->
                  findings.add(new Findings.Hit("f", "", at, form, line), window),
              read -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return findings;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  @Test
  void shouldPassOverTheEndOfATextIdAndWhatFollowsIt() {
    // given: the bytes as BCD and as TBCD, at their full length and a half byte shorter
    List<String> numbers =
        List.of("64626539480277", "6462653948027", "46265693842077", "4626569384207");
    byte[] edge = hex("64626539480277");
    for (int before : new int[] {0, 1, CHUNK - 30, CHUNK - 24, CHUNK - 20, CHUNK - 17, CHUNK}) {
      byte[] lead = new byte[before + 1];
      lead[before] = -1;
      // when
      Findings text = found(numbers, joined(lead, ID, edge, hex("ff")));
      Findings packed = found(numbers, joined(lead, edge, hex("ff")));
      // then
      assertThat(text.hits()).as("behind " + before).isEmpty();
      assertThat(packed.hits()).as("without the id, behind " + before).isNotEmpty();
    }
  }

  @Test
  void shouldPassOverTheBeginningOfATextIdAndWhatIsBeforeIt() {
    List<String> numbers =
        List.of("48027764626539", "84207746265693", "8027764626539", "4207746265693");
    byte[] edge = hex("48027764626539");
    for (int before : new int[] {0, CHUNK - 12, CHUNK - 7, CHUNK - 4, CHUNK - 1, CHUNK}) {
      byte[] lead = new byte[before + 1];
      lead[before] = -1;
      assertThat(found(numbers, joined(lead, edge, ID, hex("ff"))).hits()).isEmpty();
      assertThat(found(numbers, joined(lead, edge, hex("ff"))).hits()).isNotEmpty();
    }
  }

  @Test
  void shouldCountNoLooksIntoTextThatItPassesOver() {
    byte[] id = joined(ID, hex("4802ff"));
    assertThat(found(List.of(EVEN), id).expected(ByteForm.BCD)).isZero();
    assertThat(found(List.of(EVEN), id).expected(ByteForm.TBCD)).isZero();
    // As many bytes of digits that are no text.
    byte[] digits = joined(hex("12".repeat(ID.length)), hex("4802ff"));
    assertThat(found(List.of(EVEN), digits).expected(ByteForm.BCD)).isPositive();
  }

  @Test
  void shouldFindPackedNumbersDirectlyBesideText() {
    for (String number : new String[] {EVEN, ODD}) {
      for (Map.Entry<String, Forms.Canary> canary : Forms.of(number, MAIL).entrySet()) {
        ByteForm form = canary.getValue().form();
        if (form != ByteForm.BCD && form != ByteForm.TBCD) {
          continue;
        }
        byte[] bytes = canary.getValue().bytes();
        for (int inside = 0; inside <= bytes.length; inside++) {
          byte[] lead = new byte[CHUNK - ID.length - inside];
          lead[lead.length - 1] = -1;
          for (byte[] all :
              List.of(
                  joined(lead, ID, bytes, hex("ff")),
                  joined(lead, bytes, ID),
                  joined(lead, ID, bytes, ID))) {
            Findings found = found(List.of(number), all);
            assertThat(found.hits()).as(number + " as " + canary.getKey()).hasSize(1);
            assertThat(found.isFound(form)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void shouldCountCopiesOnceAgainstChance() {
    byte[] place = joined(hex("a1b2c3d4"), hex(EVEN), hex("f1f2f3f4f5f6"));
    Findings copies = found(List.of(EVEN), joined(place, hex("ffff"), place, hex("ff"), place));
    assertThat(copies.count(ByteForm.BCD)).isEqualTo(3);
    assertThat(copies.different(ByteForm.BCD)).isEqualTo(1);
    // One number written again and again among other bytes is no copy.
    byte[] leak = joined(hex("01"), hex(EVEN), hex("f1"), hex("02"), hex(EVEN), hex("f2"));
    assertThat(found(List.of(EVEN), leak).different(ByteForm.BCD)).isEqualTo(2);
  }

  /**
   * Records of an id in text, a tag, and binary bytes that are digits more often than chance: as
   * many hits as were expected, and no seed with more than its bound.
   */
  @Test
  void shouldFindInRandomBytesAndIdsWhatChanceExpects() {
    double expected = 0;
    long hits = 0;
    for (int seed = 1; seed <= 8; seed++) {
      // given
      Random random = new Random(seed);
      DigitSet numbers = new DigitSet();
      while (numbers.size() < 1_000) {
        numbers.add("%09d".formatted(100_000_000 + random.nextInt(900_000_000)), 1);
      }
      Chance chance = new Chance(numbers);
      byte[] records = records(random, 50_000);
      long[] found = new long[1];
      // when
      new PackedSearch(numbers, records.length)
          .search(records, 0, records.length, (form, at, line) -> found[0]++, chance);
      // then
      double mean = chance.expected(ByteForm.BCD) + chance.expected(ByteForm.TBCD);
      assertThat(found[0]).as("seed " + seed).isLessThanOrEqualTo(Chance.bound(mean));
      expected += mean;
      hits += found[0];
    }
    assertThat(expected).isGreaterThan(25);
    assertThat((double) hits).isCloseTo(expected, within(4 * Math.sqrt(expected)));
  }

  private static byte[] records(Random random, int count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] sealed = new byte[8];
    for (int i = 0; i < count; i++) {
      String id = HexFormat.of().toHexDigits(random.nextLong());
      all.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
      all.write(0x48);
      all.write(2);
      for (int j = random.nextInt(40); j > 0; j--) {
        all.write(random.nextInt(10) << 4 | random.nextInt(10));
      }
      random.nextBytes(sealed);
      all.writeBytes(sealed);
    }
    return all.toByteArray();
  }
}
