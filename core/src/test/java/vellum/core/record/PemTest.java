package vellum.core.record;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class PemTest {

  private static byte[] bytes(long seed) {
    byte[] bytes = new byte[100];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void shouldReadItsBlocksInOrderAndPassOverWhatIsBetween() {
    String text =
        "a comment\n"
            + Pem.write(Pem.CERTIFICATE, bytes(1))
            + "another\n"
            + Pem.write(Pem.PRIVATE_KEY, bytes(2)).replace("\n", "\r\n")
            + Pem.write(Pem.CERTIFICATE, bytes(3));

    assertThat(Pem.blocks(text.getBytes(US_ASCII)))
        .extracting(Pem.Block::label)
        .containsExactly(Pem.CERTIFICATE, Pem.PRIVATE_KEY, Pem.CERTIFICATE);
    assertThat(Pem.first(Pem.CERTIFICATE, text.getBytes(US_ASCII))).hasValue(bytes(1));
    assertThat(Pem.first(Pem.PRIVATE_KEY, text.getBytes(US_ASCII))).hasValue(bytes(2));
    assertThat(Pem.first(Pem.CMS, text.getBytes(US_ASCII))).isEmpty();
  }

  @Test
  void shouldReadNoBlockThatIsCutShortOrNoBase64() {
    String whole = Pem.cms(bytes(1));

    assertThat(Pem.blocks(whole.substring(0, whole.length() - 10).getBytes(US_ASCII))).isEmpty();
    String garbled = whole.replaceFirst("CMS-----\n.", "CMS-----\n*");
    assertThat(Pem.first(Pem.CMS, garbled.getBytes(US_ASCII))).isEmpty();
    assertThat(Pem.blocks(garbled.getBytes(US_ASCII)).get(0).der()).isEmpty();
  }

  @Test
  void shouldShowNothingOfAKey() {
    Pem.Block block = Pem.blocks(Pem.write(Pem.PRIVATE_KEY, bytes(1)).getBytes(US_ASCII)).get(0);
    assertThat(block).hasToString("Block[PRIVATE KEY]");
  }
}
