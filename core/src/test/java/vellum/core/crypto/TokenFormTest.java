package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.crypto.RingFixture.DECEMBER;
import static vellum.core.crypto.RingFixture.LATER;
import static vellum.core.crypto.RingFixture.NOVEMBER;
import static vellum.core.crypto.RingFixture.opens;
import static vellum.core.crypto.RingFixture.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.SecureRandom;
import java.security.Security;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.crypto.FailingDisk.Failure;
import vellum.core.crypto.FailingDisk.Killed;
import vellum.core.crypto.KeyEncryption.Erasure;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;

/** The provider {@code pkcs11}, with SoftHSM; skipped where that is not installed. */
final class TokenFormTest {

  private static final byte[] SECRET = new byte[32];
  private static final int MORE_THAN_ALL = 80;

  @TempDir private Path directory;
  private final List<KekProvider> opened = new ArrayList<>();
  private SoftHsm token;
  private Path place;
  private Path kek;
  private String label;

  @BeforeEach
  void place(TestInfo test) {
    token = SoftHsm.require();
    label = Integer.toHexString(test.getDisplayName().hashCode());
    move(directory);
  }

  private void move(Path to) {
    place = to;
    kek = to.resolve("current.kek");
  }

  @AfterEach
  void logOut() {
    opened.forEach(KekProvider::close);
  }

  /** Everything of one start. */
  private record Start(KekProvider provider, KeyRing ring, KekRotation rotation) {}

  private KekProvider provider(Disk disk) {
    try (KekSecret pin = SoftHsm.pin()) {
      KekProvider provider =
          KekProviders.open(token.settings(kek, label), pin, disk, new SecureRandom());
      opened.add(provider);
      return provider;
    }
  }

  private Start start() {
    return start(provider(new RealDisk()), new RealDisk());
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
  void shouldWrapUnderAKeyThatCannotLeaveTheToken() throws Exception {
    // given
    KeyEncryption made = provider(new RealDisk()).current();
    // when
    byte[] wrapped = made.wrap(SECRET);
    // then
    assertThat(wrapped).hasSize(40);
    assertThat(made.unwrap(wrapped)).hasValue(SECRET);
    assertThat(made.erasure()).isEqualTo(Erasure.HARDWARE);
    assertThat(token.keys(label)).containsExactly(label + "-" + made.id());
    Key key = token.store().getKey(label + "-" + made.id(), null);
    assertThat(key.getEncoded()).isNull();
    assertThat(key.toString()) // whose "bits" are bytes
        .contains("AES", "32 bits", "token object", "sensitive", "unextractable")
        .doesNotContain("not sensitive");
    assertThat(provider(new RealDisk()).current().unwrap(wrapped)).hasValue(SECRET);
  }

  @Test
  void shouldUnwrapNothingAltered() {
    KeyEncryption made = provider(new RealDisk()).current();
    byte[] wrapped = made.wrap(SECRET);
    for (int i = 0; i < wrapped.length; i++) {
      byte[] altered = wrapped.clone();
      altered[i] ^= 1;
      assertThat(made.unwrap(altered)).isEmpty();
      assertThat(made.unwrap(Arrays.copyOf(wrapped, i))).isEmpty();
    }
  }

  @Test
  void shouldWorkForManyThreads() {
    KeyEncryption made = provider(new RealDisk()).current();
    byte[] wrapped = made.wrap(SECRET);
    assertThat(
            Stream.generate(() -> wrapped)
                .limit(200)
                .parallel()
                .allMatch(
                    each ->
                        Arrays.equals(made.unwrap(each).orElseThrow(), SECRET)
                            && Arrays.equals(made.wrap(SECRET), each)))
        .isTrue();
  }

  @Test
  void shouldRegisterNoProvider() {
    List<String> before = Arrays.stream(Security.getProviders()).map(Object::toString).toList();
    provider(new RealDisk());
    assertThat(Arrays.stream(Security.getProviders()).map(Object::toString)).isEqualTo(before);
  }

  @Test
  void shouldSayWhatIsWrongWithSecretAndToken() {
    // given
    provider(new RealDisk()).close();
    // then
    assertThatThrownBy(
            () ->
                KekProviders.open(
                    token.settings(kek, label), null, new RealDisk(), new SecureRandom()))
        .isInstanceOf(CryptoException.Sealed.class)
        .hasMessageContaining("PIN");
    try (KekSecret wrong = KekSecret.of("00000-wrong".toCharArray())) {
      assertThatThrownBy(
              () ->
                  KekProviders.open(
                      token.settings(kek, label), wrong, new RealDisk(), new SecureRandom()))
          .isInstanceOf(CryptoException.WrongSecret.class)
          .hasMessageNotContaining("00000");
      KekSettings noLibrary =
          new KekSettings.Pkcs11(
              kek, directory.resolve("no.so"), KekSettings.Pkcs11.FIRST_SLOT, label);
      assertThatThrownBy(
              () -> KekProviders.open(noLibrary, wrong, new RealDisk(), new SecureRandom()))
          .isInstanceOf(CryptoException.TokenFailed.class)
          .hasMessageContaining("no.so");
    }
    assertThat(provider(new RealDisk()).rotating()).isFalse();
  }

  @Test
  void shouldRefuseToMakeAKeyWhereTheTokensIsLost() throws Exception {
    // given
    String id = provider(new RealDisk()).current().id();
    token.store().deleteEntry(label + "-" + id);
    // when, then
    assertThatThrownBy(this::start)
        .isInstanceOf(CryptoException.KeyEncryptionMissing.class)
        .hasMessageContaining(label + "-" + id);
    assertThat(token.keys(label)).isEmpty();
  }

  @Test
  void shouldDestroyTheOldKeyInTheToken() throws IOException {
    // given
    Start start = start();
    byte[] sealed = seal(start.ring().key(NOVEMBER));
    byte[] copy = Files.readAllBytes(place.resolve("keys/2026-11.default.key"));
    KeyEncryption old = start.provider().current();
    // when
    KekRotation.Rotated rotated = start.rotation().rotate();
    // then
    assertThat(rotated.from()).isEqualTo(old.id());
    assertThat(token.keys(label)).containsExactly(label + "-" + rotated.to());
    assertThat(names()).containsExactly("current.kek", "keys");
    byte[] wrapped = KeyFile.read(Files.write(place.resolve("copy"), copy), NOVEMBER).wrapped();
    assertThatThrownBy(() -> old.unwrap(wrapped)).isInstanceOf(CryptoException.TokenFailed.class);
    Files.delete(place.resolve("copy"));
    assertThat(opens(start().ring().key(NOVEMBER), sealed)).isTrue();
  }

  @Test
  void shouldGoOnAfterAnInterruption() throws Exception {
    // given
    Start start = start();
    byte[] sealed = seal(start.ring().key(NOVEMBER));
    // when
    token.interrupt();
    // then
    byte[] december = seal(start.ring().key(DECEMBER));
    token.interrupt();
    start.rotation().rotate();
    Start again = start();
    assertThat(opens(again.ring().key(NOVEMBER), sealed)).isTrue();
    assertThat(opens(again.ring().key(DECEMBER), december)).isTrue();
    assertThat(token.keys(label)).hasSize(1);
  }

  @Test
  void shouldChangeNoPin() {
    Start start = start();
    try (KekSecret pin = KekSecret.of("another secret".toCharArray())) {
      assertThatThrownBy(() -> start.rotation().rotate(pin))
          .isInstanceOf(CryptoException.WrongSecret.class)
          .hasMessageContaining("token's own program");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR", "KILLED_BEFORE"})
  void shouldLeaveOneKeyAfterEveryStepThatWentWrong(Failure failure) throws IOException {
    for (int step = 1; ; step++) {
      // given: a start without any key, then a rotation
      label = "crash-" + failure + "-" + step;
      move(Files.createDirectory(directory.resolve(failure + "-" + step)));
      FailingDisk disk = new FailingDisk(failure, step);
      // when
      try {
        Start start = start(provider(disk), disk);
        start.ring().key(NOVEMBER);
        start.rotation().rotate();
      } catch (Killed | CryptoException.KeyStorageFailed e) {
        assertThat(disk.failed()).isTrue();
      }
      // then
      Start again = start();
      again.rotation().resume();
      again.ring().key(DECEMBER);
      assertThat(token.keys(label)).containsExactly(label + "-" + again.provider().current().id());
      assertThat(names()).containsExactly("current.kek", "keys");
      if (!disk.failed()) {
        assertThat(step).as("steps that went wrong").isGreaterThan(10);
        return;
      }
      assertThat(step).isLessThan(MORE_THAN_ALL);
    }
  }

  @Test
  void shouldGradeAKeyByTheLeastThatEverWrappedIt() throws IOException {
    // given: a key that was wrapped by a file, and one that never was
    KekSettings file = new KekSettings.File(kek);
    start(KekProviders.open(file, null, new RealDisk(), new SecureRandom()), new RealDisk())
        .ring()
        .key(NOVEMBER);
    Start moved = start();
    moved.rotation().resume();
    moved.ring().key(DECEMBER);
    moved.rotation().rotate();
    // when
    Start again = start();
    again.ring().destroy(NOVEMBER, LATER);
    again.ring().destroy(DECEMBER, LATER);
    // then
    assertThat(Files.readString(kek)).startsWith("vellum key-encryption-token 1\n");
    for (KeyRing ring : List.of(again.ring(), start().ring())) {
      assertThat(ring.destruction(NOVEMBER).orElseThrow().erasure()).isEqualTo(Erasure.LOGICAL);
      assertThat(ring.destruction(DECEMBER).orElseThrow().erasure()).isEqualTo(Erasure.HARDWARE);
    }
  }

  @Test
  void shouldRestoreABackup() throws IOException {
    // given
    Start start = start();
    byte[] sealed = seal(start.ring().key(NOVEMBER));
    KeyBackups backups =
        new KeyBackups(
            start.ring(),
            List.of(),
            new RealDisk(),
            new SecureRandom(),
            InstantSource.fixed(RingFixture.NOW),
            List.of());
    KeyBackups.Backup backup =
        new KeyBackups.Backup("b", directory.resolve("backup"), directory.resolve("backup.kek"));
    backups.create(backup);
    assertThat(backups.rewrite(backup)).isInstanceOf(KeyBackups.Outcome.Rewritten.class);
    // when: the machine and its token are lost
    move(Files.createDirectory(directory.resolve("restored")));
    label = label + "-restored";
    Files.move(backup.directory(), place.resolve("keys"));
    Files.move(backup.keyEncryptionFile(), kek);
    Start restored = start();
    restored.rotation().resume();
    // then: another token's key wraps it, and what a file once wrapped is worth no more than that
    assertThat(opens(restored.ring().key(NOVEMBER), sealed)).isTrue();
    assertThat(token.keys(label)).hasSize(1);
    restored.ring().destroy(NOVEMBER, LATER);
    assertThat(restored.ring().destruction(NOVEMBER).orElseThrow().erasure())
        .isEqualTo(Erasure.LOGICAL);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
