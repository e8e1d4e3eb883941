package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KekSecretTest {

  @TempDir private Path directory;

  private Path file(byte[] content, String permissions) throws IOException {
    Path file = Files.write(directory.resolve("secret"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private Path file(String content, String permissions) throws IOException {
    return file(content.getBytes(StandardCharsets.UTF_8), permissions);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grüße an alle", "grüße an alle\n", "grüße an alle\r\n"})
  void shouldReadAFileWithoutItsLastLineEnd(String content) throws IOException {
    try (KekSecret secret = KekSecret.read(file(content, "rw-------"))) {
      assertThat(secret.chars()).isEqualTo("grüße an alle".toCharArray());
      assertThat(secret.length()).isEqualTo(13);
    }
  }

  @Test
  void shouldKeepEverythingElseOfAFile() throws IOException {
    try (KekSecret secret = KekSecret.read(file(" two words \n\n", "r--------"))) {
      assertThat(secret.chars()).isEqualTo(" two words \n".toCharArray());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rwx--x---"})
  void shouldRefuseAFileOpenToOthers(String permissions) throws IOException {
    Path file = file("correct horse battery", permissions);
    assertThatThrownBy(() -> KekSecret.read(file))
        .isInstanceOf(CryptoException.KeyExposed.class)
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("horse");
  }

  @Test
  void shouldRefuseWhatIsNoSecret() throws IOException {
    for (byte[] bad :
        new byte[][] {
          {},
          {'\n'},
          {'a', (byte) 0xC3},
          "x".repeat(KekSecret.MAX_CHARS + 1).getBytes(StandardCharsets.UTF_8),
          "x".repeat(KekSecret.MAX_CHARS + 100).getBytes(StandardCharsets.UTF_8)
        }) {
      Path file = file(bad, "rw-------");
      assertThatThrownBy(() -> KekSecret.read(file))
          .isInstanceOf(CryptoException.WrongSecret.class);
    }
    try (KekSecret longest =
        KekSecret.read(file("x".repeat(KekSecret.MAX_CHARS) + "\r\n", "rw-------"))) {
      assertThat(longest.length()).isEqualTo(KekSecret.MAX_CHARS);
    }
    assertThatThrownBy(() -> KekSecret.read(directory.resolve("absent")))
        .isInstanceOf(CryptoException.KeyStorageFailed.class);
  }

  @Test
  void shouldBeOverwrittenAloneAndSayNothing() {
    // given
    char[] chars = "correct horse battery".toCharArray();
    KekSecret secret = KekSecret.of(chars);
    KekSecret copy = secret.copy();
    chars[0] = 'x';
    // when
    secret.close();
    // then
    assertThat(secret.chars()).containsOnly('\0');
    assertThat(copy.chars()).isEqualTo("correct horse battery".toCharArray());
    assertThat(copy.toString()).isEqualTo("a secret");
  }
}
