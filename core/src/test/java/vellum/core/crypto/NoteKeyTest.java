package vellum.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;

final class NoteKeyTest {

  @TempDir private Path directory;
  private SigningFixture fixture;
  private Path file;

  @BeforeEach
  void open() {
    fixture = new SigningFixture(directory);
    file = fixture.keys.resolve("audit.signing");
  }

  private NoteKey key() {
    List<KeyEncryption> encryptions = fixture.files(new RealDisk()).encryptions();
    fixture.ring(encryptions, new RealDisk());
    return NoteKey.open(fixture.keys, encryptions, new RealDisk(), new SecureRandom());
  }

  @Test
  void shouldSignAsTheStandardDoes() {
    // given: RFC 8032, section 7.1, test 3
    HexFormat hex = HexFormat.of();
    byte[] seed = hex.parseHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
    byte[] point = hex.parseHex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    byte[] message = hex.parseHex("af82");
    // when
    byte[] signature = NoteKey.sign(seed, message);
    // then
    assertThat(hex.formatHex(signature))
        .isEqualTo(
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    assertThat(NoteKey.verifies(point, message, signature)).isTrue();
    assertThat(NoteKey.verifies(point, new byte[] {1}, signature)).isFalse();
    assertThat(NoteKey.verifies(point, message, Arrays.copyOf(signature, 63))).isFalse();
    assertThat(NoteKey.verifies(new byte[31], message, signature)).isFalse();
  }

  @Test
  void shouldSignANoteAsGoDoes() {
    // given: key and note of the tests of golang.org/x/mod/sumdb/note
    byte[] seed =
        Arrays.copyOfRange(
            Base64.getDecoder().decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"), 1, 33);
    String text =
        """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.
        """;
    byte[] signed =
        Base64.getDecoder()
            .decode(
                "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
    // when, then
    assertThat(NoteKey.sign(seed, text.getBytes(UTF_8)))
        .isEqualTo(Arrays.copyOfRange(signed, 4, signed.length));
  }

  @Test
  void shouldBeTheSameKeyAfterARestartAndARotation() throws IOException {
    // given
    NoteKey made = key();
    byte[] signature = made.sign("a text".getBytes(UTF_8));
    assertThat(NoteKey.verifies(made.publicKey(), "a text".getBytes(UTF_8), signature)).isTrue();
    // when
    KekFiles files = fixture.files(new RealDisk());
    KeyRing ring = fixture.ring(files.encryptions(), new RealDisk());
    NoteKey opened =
        NoteKey.open(fixture.keys, files.encryptions(), new RealDisk(), new SecureRandom());
    String before = Files.readString(file);
    new KekRotation(files, List.of(ring, opened)).rotate();
    // then
    assertThat(Files.readString(file)).isNotEqualTo(before).contains("vellum note-key 1");
    assertThat(key().publicKey()).isEqualTo(made.publicKey());
    assertThat(key().sign("a text".getBytes(UTF_8))).isEqualTo(signature);
    assertThat(key().id()).isEqualTo(made.id());
  }

  @Test
  void shouldRefuseAPublicKeyOfAnotherKey() throws IOException {
    // given
    key();
    SigningFile ours = SigningFile.read(SigningFile.Kind.AUDIT, file);
    byte[] other = new byte[NoteKey.PUBLIC_BYTES];
    SigningFile mixed = new SigningFile(ours.kind(), ours.key(), ours.kek(), ours.wrapped(), other);
    Files.write(file, mixed.text());
    // when, then
    assertThatThrownBy(this::key)
        .isInstanceOf(CryptoException.KeyUnreadable.class)
        .hasMessageContaining("audit.signing")
        .hasMessageContaining("another key");
  }

  @Test
  void shouldBeInEveryBackup() throws IOException {
    // given
    NoteKey made = key();
    List<KeyEncryption> encryptions = fixture.files(new RealDisk()).encryptions();
    KeyBackups backups =
        new KeyBackups(
            fixture.ring(encryptions, new RealDisk()),
            List.of(made),
            new RealDisk(),
            new SecureRandom(),
            () -> RingFixture.NOW,
            List.of());
    Path copy = directory.resolve("copy/keys");
    Path kek = directory.resolve("copy-kek/backup.kek");
    KeyBackups.Backup backup = new KeyBackups.Backup("safe", copy, kek);
    // when
    backups.create(backup);
    // then
    assertThat(backups.rewrite(backup))
        .isInstanceOfSatisfying(
            KeyBackups.Outcome.Rewritten.class, done -> assertThat(done.keys()).isOne());
    NoteKey restored =
        NoteKey.open(
            copy,
            List.of(FileKeyEncryption.open(kek, new RealDisk(), new SecureRandom())),
            new RealDisk(),
            new SecureRandom());
    assertThat(restored.publicKey()).isEqualTo(made.publicKey());
  }
}
