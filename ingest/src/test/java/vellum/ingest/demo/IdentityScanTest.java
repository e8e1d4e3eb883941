package vellum.ingest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityScanTest {

  private static final String NUMBER = "491701234567";
  private static final String ODD = "48501234567";
  private static final String MAIL = "anna.novak7@mail.example";
  private static final int CHUNK = 4 << 20;
  private static final long SEED = 20261121;

  @TempDir private Path directory;
  private final DigitSet digits = new DigitSet();
  private final IdentityScan scan = new IdentityScan(digits, Set.of(MAIL));

  IdentityScanTest() {
    digits.add(NUMBER);
    digits.add(ODD);
  }

  private IdentityScan.Found scan(byte[]... parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.write(part);
    }
    Path file = Files.write(directory.resolve("f"), bytes.toByteArray());
    return scan.scan(file);
  }

  private static byte[] bytes(String text, Charset charset) {
    return text.getBytes(charset);
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(SEED).nextBytes(noise);
    return noise;
  }

  @Test
  void shouldFindPlainText() throws IOException {
    for (String text :
        new String[] {
          NUMBER,
          "+" + NUMBER,
          "x" + NUMBER,
          NUMBER + "8",
          "00" + NUMBER,
          "<" + ODD + ">",
          MAIL,
          "Anna.Novak7@Mail.Example",
          "mailto:" + MAIL + "."
        }) {
      assertThat(scan(bytes(text, StandardCharsets.UTF_8)).hits(ByteForm.PLAIN))
          .as(text)
          .isPositive();
    }
  }

  @Test
  void shouldFindBothOrdersOfUtf16AtOddAndEvenPlaces() throws IOException {
    for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
      for (int before = 0; before < 4; before++) {
        for (String text : new String[] {NUMBER, "+" + ODD, MAIL}) {
          assertThat(
                  scan(new byte[before], bytes(text, charset), new byte[] {-1})
                      .hits(ByteForm.UTF_16))
              .as(charset + " " + before + " " + text)
              .isPositive();
        }
      }
    }
  }

  @Test
  void shouldFindPackedDigitsInBothOrders() throws IOException {
    for (String number : new String[] {NUMBER, ODD}) {
      assertThat(scan(noise(99), DiskCheck.packed(number, false)).hits(ByteForm.BCD)).isPositive();
      assertThat(scan(noise(98), DiskCheck.packed(number, true)).hits(ByteForm.BCD_SWAPPED))
          .isPositive();
    }
    assertThat(DiskCheck.packed("49170123456", false))
        .isEqualTo(new byte[] {0x49, 0x17, 0x01, 0x23, 0x45, 0x6F});
    assertThat(DiskCheck.packed("49170123456", true))
        .isEqualTo(new byte[] {(byte) 0x94, 0x71, 0x10, 0x32, 0x54, (byte) 0xF6});
  }

  @Test
  void shouldFindAcrossTheBorderOfChunks() throws IOException {
    for (int before = CHUNK - 13; before <= CHUNK; before += 4) {
      assertThat(
              scan(new byte[before], bytes(NUMBER, StandardCharsets.US_ASCII)).hits(ByteForm.PLAIN))
          .as("at " + before)
          .isPositive();
    }
  }

  @Test
  void shouldFindNothingInNoiseAndInLookalikes() throws IOException {
    IdentityScan.Found found =
        scan(
            noise(2_000_000),
            bytes("4917012345 67", StandardCharsets.US_ASCII),
            bytes(" 1795" + NUMBER, StandardCharsets.US_ASCII),
            bytes(" 71c8" + NUMBER + "9abcdef0", StandardCharsets.US_ASCII),
            bytes(" nna.novak7@mail.example", StandardCharsets.US_ASCII));
    assertThat(found.hits()).isEmpty();
    assertThat(found.files()).isEmpty();
    assertThat(found.bytes()).isGreaterThan(2_000_000);
  }
}
