package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.crypto.RingFixture.DECEMBER;
import static vellum.core.crypto.RingFixture.NOVEMBER;
import static vellum.core.crypto.RingFixture.opens;
import static vellum.core.crypto.RingFixture.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.crypto.FailingDisk.Failure;
import vellum.core.crypto.FailingDisk.Killed;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;

/** The provider {@code passphrase}, with a cost that tests can pay. */
final class PassphraseFormTest {

  private static final String FIRST = "correct horse battery staple";
  private static final String SECOND = "staple battery horse correct";
  private static final Argon2Cost CHEAP = new Argon2Cost(64, 1, 1);
  private static final int MORE_THAN_ALL = 80;

  @TempDir private Path directory;
  private Path place;
  private Path kek;

  @BeforeEach
  void place() {
    move(directory);
  }

  private void move(Path to) {
    place = to;
    kek = to.resolve("current.kek");
  }

  /** Everything of one start. */
  private record Start(KekProvider provider, KeyRing ring, KekRotation rotation) {}

  private KekProvider provider(String passphrase, Disk disk) {
    return provider(new KekSettings.Passphrase(kek, CHEAP), passphrase, disk);
  }

  private static KekProvider provider(KekSettings settings, String passphrase, Disk disk) {
    try (KekSecret secret = KekSecret.of(passphrase.toCharArray())) {
      return KekProviders.open(settings, secret, disk, new SecureRandom());
    }
  }

  private Start start(String passphrase) {
    return start(provider(passphrase, new RealDisk()), new RealDisk());
  }

  private Start start(KekProvider provider, Disk disk) {
    KeyRing ring =
        KeyRing.open(
            place.resolve("keys"),
            provider.encryptions(),
            disk,
            new SecureRandom(),
            InstantSource.fixed(RingFixture.NOW));
    return new Start(provider, ring, new KekRotation(provider, List.of(ring)));
  }

  @Test
  void shouldOpenWithThePassphraseAndNoOther() throws IOException {
    // given
    byte[] sealed = seal(start(FIRST).ring().key(NOVEMBER));
    // then
    Start again = start(FIRST);
    assertThat(opens(again.ring().key(NOVEMBER), sealed)).isTrue();
    assertThat(again.provider().erasure()).isEqualTo(KeyEncryption.Erasure.LOGICAL);
    assertThat(again.provider().rotating()).isFalse();
    assertThatThrownBy(() -> start(SECOND))
        .isInstanceOf(CryptoException.WrongSecret.class)
        .hasMessageContaining("current.kek")
        .hasMessageNotContaining("staple");
    assertThat(Files.readString(kek))
        .startsWith("vellum key-encryption-passphrase 1\nid: " + again.provider().current().id())
        .contains("\nargon2id: v=19,m=64,t=1,p=1\n");
  }

  @Test
  void shouldBeSealedWithoutASecret() {
    KekSettings settings = new KekSettings.Passphrase(kek, CHEAP);
    assertThat(settings.needsSecret()).isTrue();
    assertThatThrownBy(() -> KekProviders.open(settings, null, new RealDisk(), new SecureRandom()))
        .isInstanceOfSatisfying(
            CryptoException.Sealed.class, refused -> assertThat(refused.recoverable()).isTrue())
        .hasMessageContaining("vellum key unseal");
    assertThat(kek).doesNotExist();
  }

  @Test
  void shouldMakeNoKeyUnderAShortPassphrase() {
    assertThatThrownBy(() -> start("eleven char"))
        .isInstanceOf(CryptoException.WrongSecret.class)
        .hasMessageContaining("12 to 1024 characters");
    assertThat(kek).doesNotExist();
  }

  @Test
  void shouldOpenAFileOfFormat1() throws IOException {
    // given: made by the first version that had passphrases
    Files.writeString(
        kek,
        """
        vellum key-encryption-passphrase 1
        id: 814488824a5f07d2
        argon2id: v=19,m=64,t=1,p=1
        salt: cddeb1e38f8f4867752f063797b75dfe
        wrapped: c2dfbff44d9ec37f5bea8bc021c5c3534d740d2f7957ebf8c6db73d81eca717888682d87d420f74b
        crc32c: 00ccfbfb
        """);
    byte[] wrapped =
        Hex.bytes(
            "1C7B708E0090D8FC09B6C504806CC125E4741C5EE4CABD10", "9B64E1D5066743182EAD4F2F95147E3D");
    // when, then
    assertThat(provider(FIRST, new RealDisk()).current().unwrap(wrapped))
        .hasValue(Hex.bytes("00112233445566778899AABBCCDDEEFF 000102030405060708090A0B0C0D0E0F"));
  }

  @Test
  void shouldTakeTheCostOfTheFileAndTheSettingsForTheNext() throws IOException {
    // given
    byte[] sealed = seal(start(FIRST).ring().key(NOVEMBER));
    KekSettings dearer = new KekSettings.Passphrase(kek, new Argon2Cost(128, 2, 2));
    // when
    Start again = start(provider(dearer, FIRST, new RealDisk()), new RealDisk());
    again.rotation().rotate();
    // then
    assertThat(Files.readString(kek)).contains("\nargon2id: v=19,m=128,t=2,p=2\n");
    assertThat(opens(start(FIRST).ring().key(NOVEMBER), sealed)).isTrue();
  }

  @Test
  void shouldRefuseEveryValueThatWasChangedWithItsCheckValue() throws IOException {
    // given
    start(FIRST);
    List<String> labels = List.of("id", "argon2id", "salt", "wrapped");
    List<String> values = KeyText.read(kek, "key-encryption-passphrase", labels).stream().toList();
    List<String> others =
        List.of("0011223344556677", "v=19,m=128,t=1,p=1", "00".repeat(16), "00".repeat(40));
    for (int i = 0; i < labels.size(); i++) {
      List<String> changed = new ArrayList<>(values);
      changed.set(i, others.get(i));
      Files.write(kek, KeyText.write("key-encryption-passphrase", labels, changed));
      // when, then
      assertThatThrownBy(() -> start(FIRST))
          .as(labels.get(i))
          .isInstanceOf(CryptoException.WrongSecret.class);
    }
  }

  @Test
  void shouldRefuseACostWithoutBounds() throws IOException {
    start(FIRST);
    String text = Files.readString(kek);
    for (String cost :
        List.of("v=19,m=999999999,t=1,p=1", "v=19,m=64,t=9999,p=1", "v=16,m=64,t=1,p=1", "m=64")) {
      List<String> labels = List.of("id", "argon2id", "salt", "wrapped");
      Files.writeString(kek, text);
      List<String> values = new ArrayList<>(KeyText.read(kek, "key-encryption-passphrase", labels));
      values.set(1, cost);
      Files.write(kek, KeyText.write("key-encryption-passphrase", labels, values));
      assertThatThrownBy(() -> start(FIRST)).isInstanceOf(CryptoException.KeyUnreadable.class);
    }
  }

  @Test
  void shouldRotateToAnotherKeyUnderAnotherSalt() throws IOException {
    // given
    Start start = start(FIRST);
    byte[] sealed = seal(start.ring().key(NOVEMBER));
    List<String> before = Files.readAllLines(kek);
    // when
    KekRotation.Rotated rotated = start.rotation().rotate();
    // then
    List<String> after = Files.readAllLines(kek);
    assertThat(after.get(1)).isEqualTo("id: " + rotated.to());
    for (int line : new int[] {1, 3, 4}) {
      assertThat(after.get(line)).isNotEqualTo(before.get(line));
    }
    assertThat(names()).containsExactly("current.kek", "keys");
    assertThat(opens(start(FIRST).ring().key(NOVEMBER), sealed)).isTrue();
  }

  @Test
  void shouldChangeThePassphrase() {
    // given
    Start start = start(FIRST);
    byte[] november = seal(start.ring().key(NOVEMBER));
    // when
    try (KekSecret secret = KekSecret.of(SECOND.toCharArray())) {
      start.rotation().rotate(secret);
    }
    byte[] december = seal(start.ring().key(DECEMBER));
    // then: and rotations go on under it
    start.rotation().rotate();
    assertThatThrownBy(() -> start(FIRST)).isInstanceOf(CryptoException.WrongSecret.class);
    Start again = start(SECOND);
    assertThat(opens(again.ring().key(NOVEMBER), november)).isTrue();
    assertThat(opens(again.ring().key(DECEMBER), december)).isTrue();
  }

  @Test
  void shouldChangeNothingForAPassphraseThatIsTooShort() throws IOException {
    Start start = start(FIRST);
    String before = Files.readString(kek);
    try (KekSecret secret = KekSecret.of("short".toCharArray())) {
      assertThatThrownBy(() -> start.rotation().rotate(secret))
          .isInstanceOf(CryptoException.WrongSecret.class);
    }
    assertThat(Files.readString(kek)).isEqualTo(before);
    start.rotation().rotate();
    start(FIRST);
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR", "KILLED_BEFORE"})
  void shouldOpenWithTheOneOrTheOtherAfterEveryStepThatWentWrong(Failure failure)
      throws IOException {
    for (int step = 1; ; step++) {
      // given
      move(Files.createDirectory(directory.resolve(failure + "-" + step)));
      byte[] sealed = seal(start(FIRST).ring().key(NOVEMBER));
      FailingDisk disk = new FailingDisk(failure, step);
      // when
      try (KekSecret secret = KekSecret.of(SECOND.toCharArray())) {
        start(provider(FIRST, disk), disk).rotation().rotate(secret);
      } catch (Killed | CryptoException.KeyStorageFailed e) {
        assertThat(disk.failed()).isTrue();
      }
      // then
      Start again = startWithEither(disk.failed());
      assertThat(opens(again.ring().key(NOVEMBER), sealed)).isTrue();
      again.rotation().resume();
      again.rotation().rotate();
      assertThat(names()).containsExactly("current.kek", "keys");
      if (!disk.failed()) {
        assertThat(step).as("steps that went wrong").isGreaterThan(8);
        return;
      }
      assertThat(step).isLessThan(MORE_THAN_ALL);
    }
  }

  private Start startWithEither(boolean mayBeTheFirst) {
    try {
      return start(SECOND);
    } catch (CryptoException.WrongSecret e) {
      assertThat(mayBeTheFirst).isTrue();
      return start(FIRST);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR", "KILLED_BEFORE"})
  void shouldMoveFromAFileAtTheNextStart(Failure failure) throws IOException {
    for (int step = 1; ; step++) {
      // given
      move(Files.createDirectory(directory.resolve("moved-" + failure + "-" + step)));
      KekSettings file = new KekSettings.File(kek);
      byte[] sealed =
          seal(
              start(
                      KekProviders.open(file, null, new RealDisk(), new SecureRandom()),
                      new RealDisk())
                  .ring()
                  .key(NOVEMBER));
      FailingDisk disk = new FailingDisk(failure, step);
      // when
      try {
        start(provider(FIRST, disk), disk).rotation().resume();
      } catch (Killed | CryptoException.KeyStorageFailed e) {
        assertThat(disk.failed()).isTrue();
      }
      // then
      Start again = start(FIRST);
      again.rotation().resume();
      assertThat(opens(again.ring().key(NOVEMBER), sealed)).isTrue();
      assertThat(names()).containsExactly("current.kek", "keys");
      assertThat(Files.readString(kek)).startsWith("vellum key-encryption-passphrase 1\n");
      if (!disk.failed()) {
        assertThat(step).as("steps that went wrong").isGreaterThan(5);
        return;
      }
      assertThat(step).isLessThan(MORE_THAN_ALL);
    }
  }

  @Test
  void shouldMoveBackToAFileWithThePassphrase() throws IOException {
    // given
    byte[] sealed = seal(start(FIRST).ring().key(NOVEMBER));
    KekSettings file = new KekSettings.File(kek);
    assertThatThrownBy(() -> KekProviders.open(file, null, new RealDisk(), new SecureRandom()))
        .isInstanceOf(CryptoException.KeyUnreadable.class)
        .hasMessageContaining("keys.provider");
    // when
    start(provider(file, FIRST, new RealDisk()), new RealDisk()).rotation().resume();
    // then
    assertThat(Files.readString(kek)).startsWith("vellum key-encryption 1\n");
    Start again =
        start(KekProviders.open(file, null, new RealDisk(), new SecureRandom()), new RealDisk());
    assertThat(opens(again.ring().key(NOVEMBER), sealed)).isTrue();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldKeepThePassphraseOutOfItsFile() throws IOException {
    start(FIRST);
    assertThat(new String(Files.readAllBytes(kek), StandardCharsets.UTF_8)).doesNotContain("horse");
  }
}
