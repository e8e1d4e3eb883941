package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.disk.RealDisk;

final class FileKeyEncryptionTest {

  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("kek");
  }

  @Test
  void shouldWrapAsRfc3394Does() {
    // given: RFC 3394 section 4.6
    byte[] key = Hex.bytes("000102030405060708090A0B0C0D0E0F 101112131415161718191A1B1C1D1E1F");
    byte[] secret = Hex.bytes("00112233445566778899AABBCCDDEEFF 000102030405060708090A0B0C0D0E0F");
    // when
    byte[] wrapped = AesKeyWrap.wrap(key, secret);
    // then
    assertThat(wrapped)
        .isEqualTo(
            Hex.bytes(
                "28C9F404C4B810F4CBCCB35CFB87F826 3F5786E2D80ED326",
                "CBC7F0E71A99F43BFB988B9B7A02DD21"));
    assertThat(AesKeyWrap.unwrap(key, wrapped)).hasValue(secret);
  }

  @Test
  void shouldMakeAnOwnersFileAndReadItAgain() throws IOException {
    // given
    FileKeyEncryption made = open();
    byte[] wrapped = made.wrap(SECRET);
    // when
    FileKeyEncryption read = open();
    // then
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(read.id()).isEqualTo(made.id()).hasSize(16);
    assertThat(read.unwrap(wrapped)).hasValue(SECRET);
    assertThat(read.erasure()).isEqualTo(KeyEncryption.Erasure.LOGICAL);
  }

  @Test
  void shouldUnwrapNothingAltered() {
    FileKeyEncryption encryption = open();
    byte[] wrapped = encryption.wrap(SECRET);
    for (int i = 0; i < wrapped.length; i++) {
      byte[] altered = wrapped.clone();
      altered[i] ^= 1;
      assertThat(encryption.unwrap(altered)).isEmpty();
      assertThat(encryption.unwrap(Arrays.copyOf(wrapped, i))).isEmpty();
    }
    file = directory.resolve("other");
    assertThat(open().unwrap(wrapped)).isEmpty();
    assertThatThrownBy(() -> encryption.wrap(new byte[17]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
  void shouldRefuseAFileOpenToOthers(String permissions) throws IOException {
    open();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(this::open)
        .isInstanceOf(CryptoException.KeyExposed.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("chmod 600");
  }

  @Test
  void shouldRefuseEveryFlippedBitAndEveryCut() throws IOException {
    // given
    open();
    byte[] text = Files.readAllBytes(file);
    for (int bit = 0; bit < text.length * 8; bit++) {
      byte[] altered = text.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, altered);
      // when, then
      assertThatThrownBy(this::open)
          .as("bit %d", bit)
          .isInstanceOfAny(CryptoException.KeyUnreadable.class, CryptoException.KeyTooNew.class)
          .hasMessageContaining(file.toString());
    }
    for (int length = 0; length < text.length; length++) {
      Files.write(file, Arrays.copyOf(text, length));
      assertThatThrownBy(this::open).isInstanceOf(CryptoException.KeyUnreadable.class);
    }
    Files.write(file, Arrays.copyOf(text, text.length + 1));
    assertThatThrownBy(this::open).isInstanceOf(CryptoException.KeyUnreadable.class);
  }

  @Test
  void shouldRefuseAWrongLengthWithoutShowingTheKey() throws IOException {
    // given
    open();
    byte[] text = KeyText.write("key-encryption", List.of("id", "key"), List.of("0011", "c0ffee"));
    Files.write(file, text);
    // when, then
    assertThatThrownBy(this::open)
        .isInstanceOf(CryptoException.KeyUnreadable.class)
        .hasMessageContaining("64 hex digits")
        .hasMessageNotContaining("c0ffee");
  }

  @Test
  void shouldRefuseANewerFormat() throws IOException {
    open();
    Files.writeString(file, "vellum key-encryption 2\nwhatever comes\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(CryptoException.KeyTooNew.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void shouldRefuseAnotherKindOfFile() throws IOException {
    open();
    Files.write(file, new byte[5_000]);
    assertThatThrownBy(this::open).isInstanceOf(CryptoException.KeyUnreadable.class);
    Files.delete(file);
    Files.createDirectory(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    assertThatThrownBy(this::open).isInstanceOf(CryptoException.KeyUnreadable.class);
  }

  @Test
  void shouldSayWhenItCannotBeMade() {
    file = directory.resolve("absent").resolve("kek");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            CryptoException.KeyStorageFailed.class,
            failed -> assertThat(failed.recoverable()).isTrue())
        .hasMessageContaining(file.toString());
  }

  @Test
  void shouldBeGoneWhenDestroyed() {
    FileKeyEncryption encryption = open();
    String id = encryption.id();
    encryption.destroy();
    assertThat(file).doesNotExist();
    encryption.destroy();
    assertThat(open().id()).isNotEqualTo(id);
  }

  private FileKeyEncryption open() {
    return FileKeyEncryption.open(file, new RealDisk(), new SecureRandom());
  }
}
