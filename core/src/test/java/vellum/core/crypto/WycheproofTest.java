package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.record.Bytes.putLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The vectors of C2SP/wycheproof (Apache-2.0), which are not part of this repository: {@code
 * -Dvellum.wycheproof=DIRECTORY} names a copy of its testvectors_v1.
 */
@EnabledIfSystemProperty(named = "vellum.wycheproof", matches = ".+")
final class WycheproofTest {

  @Test
  void shouldMatchAesCmac() throws IOException {
    int seen =
        check(
            "aes_cmac_test.json",
            (group, test) -> {
              byte[] key = hex(test, "key");
              if (key.length != 16 && key.length != 24 && key.length != 32) {
                return false;
              }
              AesCmac cmac = new AesCmac(key);
              byte[] message = hex(test, "msg");
              cmac.mac(message, 0, message.length);
              byte[] mac = new byte[16];
              putLong(mac, 0, cmac.high());
              putLong(mac, 8, cmac.low());
              byte[] tag = hex(test, "tag");
              return group.get("tagSize").asInt() == tag.length * 8
                  && Arrays.equals(Arrays.copyOf(mac, tag.length), tag);
            });
    assertThat(seen).isGreaterThan(200);
  }

  @Test
  void shouldMatchDeterministicAesSiv() throws IOException {
    int seen =
        check(
            "aes_siv_cmac_test.json",
            (group, test) -> {
              byte[] key = hex(test, "key");
              byte[] associated = hex(test, "aad");
              byte[] sealed = hex(test, "ct");
              return opens(key, sealed, hex(test, "msg"), associated);
            });
    assertThat(seen).isGreaterThan(200);
  }

  @Test
  void shouldMatchAesSivWithNonce() throws IOException {
    int seen =
        check(
            "aead_aes_siv_cmac_test.json",
            (group, test) -> {
              byte[] tag = hex(test, "tag");
              byte[] text = hex(test, "ct");
              byte[] sealed = Arrays.copyOf(tag, tag.length + text.length);
              System.arraycopy(text, 0, sealed, tag.length, text.length);
              return opens(
                  hex(test, "key"), sealed, hex(test, "msg"), hex(test, "aad"), hex(test, "iv"));
            });
    assertThat(seen).isGreaterThan(200);
  }

  private static boolean opens(byte[] key, byte[] sealed, byte[] plain, byte[]... associated) {
    return open(key, sealed, associated)
        .map(
            opened ->
                Arrays.equals(opened, plain)
                    && Arrays.equals(new AesSiv(key).seal(plain, associated), sealed))
        .orElse(false);
  }

  private static Optional<byte[]> open(byte[] key, byte[] sealed, byte[]... associated) {
    try {
      return Optional.of(new AesSiv(key).open(sealed, associated));
    } catch (CryptoException.SealBroken | IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  private static int check(String file, BiPredicate<JsonNode, JsonNode> accepted)
      throws IOException {
    Path path = Path.of(System.getProperty("vellum.wycheproof"), file);
    int seen = 0;
    for (JsonNode group : new ObjectMapper().readTree(path.toFile()).get("testGroups")) {
      for (JsonNode test : group.get("tests")) {
        assertThat(accepted.test(group, test))
            .as("%s, tcId %s", file, test.get("tcId"))
            .isEqualTo(test.get("result").asText().equals("valid"));
        seen++;
      }
    }
    return seen;
  }

  private static byte[] hex(JsonNode test, String name) {
    return Hex.bytes(test.get(name).asText());
  }
}
