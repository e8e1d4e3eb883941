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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.disk.RealDisk;

final class KeyRingTest {

  @TempDir private Path directory;
  private RingFixture fixture;

  @BeforeEach
  void place() {
    fixture = new RingFixture(directory);
  }

  @Test
  void shouldMakeAKeyDurablyOnFirstUse() throws IOException {
    // given
    KeyRing ring = fixture.open();
    assertThat(ring.existing(NOVEMBER)).isEmpty();
    assertThat(ring.alive()).isEmpty();
    // when
    MonthKey key = ring.key(NOVEMBER);
    // then
    Path file = fixture.keys.resolve("2026-11.default.key");
    assertThat(ring.key(NOVEMBER)).isSameAs(key);
    assertThat(ring.existing(NOVEMBER)).containsSame(key);
    assertThat(ring.alive()).containsExactly(NOVEMBER);
    assertThat(key.month()).isEqualTo(NOVEMBER);
    assertThat(fixture.files()).containsExactly("2026-11.default.key");
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(fixture.keys)).isEqualTo("rwx------");
    assertThat(Files.readString(file))
        .startsWith("vellum month-key 1\nmonth: 2026-11.default\nkey: " + key.id() + "\nkek: ")
        .contains("\ncreated: 2026-11-05T10:00:00Z\n");
    assertThat(Files.size(file)).as("fits a sector, with its tombstone").isLessThan(512);
  }

  @Test
  void shouldOpenTheSameSealsAfterARestart() {
    // given
    KeyRing ring = fixture.open();
    byte[] sealed = seal(ring.key(NOVEMBER));
    byte[] other = seal(ring.key(DECEMBER));
    // when
    KeyRing restarted = fixture.open();
    // then
    assertThat(restarted.alive()).containsExactly(NOVEMBER, DECEMBER);
    assertThat(restarted.key(NOVEMBER).id()).isEqualTo(ring.key(NOVEMBER).id());
    assertThat(opens(restarted.key(NOVEMBER), sealed)).isTrue();
    assertThat(opens(restarted.key(DECEMBER), other)).isTrue();
    assertThat(opens(restarted.key(DECEMBER), sealed)).isFalse();
    assertThat(seal(restarted.key(NOVEMBER))).isEqualTo(sealed);
  }

  @Test
  void shouldDestroyForEver() throws IOException {
    // given
    KeyRing ring = fixture.open();
    MonthKey key = ring.key(NOVEMBER);
    ring.key(DECEMBER);
    // when
    ring.destroy(NOVEMBER, LATER);
    ring.destroy(NOVEMBER, LATER.plusSeconds(9));
    // then
    assertThat(key.destroyed()).isTrue();
    assertDestroyed(ring);
    assertDestroyed(fixture.open());
    assertThat(fixture.files()).containsExactly("2026-11.default.destroyed", "2026-12.default.key");
    assertThat(Files.readString(fixture.keys.resolve("2026-11.default.destroyed")))
        .contains("key: " + key.id() + "\n")
        .contains("destroyed: " + LATER + "\n");
  }

  @Test
  void shouldDestroyTheKeyThatAMonthNeverHad() {
    KeyRing ring = fixture.open();
    ring.destroy(NOVEMBER, LATER);
    assertDestroyed(ring);
    assertDestroyed(fixture.open());
  }

  @Test
  void shouldDestroyOnAFullDisk() {
    // given
    fixture.open().key(NOVEMBER);
    // when
    KeyRing ring = fixture.open(new FullDisk(false, Integer.MAX_VALUE));
    ring.destroy(NOVEMBER, LATER);
    // then
    assertDestroyed(ring);
    assertDestroyed(fixture.open());
    assertThat(fixture.files()).containsExactly("2026-11.default.destroyed");
    assertThatThrownBy(() -> ring.key(DECEMBER))
        .isInstanceOfSatisfying(
            CryptoException.KeyStorageFailed.class,
            failed -> assertThat(failed.recoverable()).isTrue());
    assertThat(ring.existing(DECEMBER)).isEmpty();
  }

  @Test
  void shouldHoldTheTombstoneWhereAKeyIsPutBack() throws IOException {
    // given: a backup of the keys from before the destruction
    KeyRing ring = fixture.open();
    ring.key(NOVEMBER);
    byte[] backup = Files.readAllBytes(fixture.keys.resolve("2026-11.default.key"));
    ring.destroy(NOVEMBER, LATER);
    // when
    Files.write(fixture.keys.resolve("2026-11.default.key"), backup);
    // then
    assertDestroyed(fixture.open());
    assertThat(fixture.files()).containsExactly("2026-11.default.destroyed");
  }

  @Test
  void shouldRotateTheKeyEncryptionKey() {
    // given
    FileKeyEncryption old = fixture.kek("kek");
    FileKeyEncryption next = fixture.kek("next");
    KeyRing ring = fixture.open(new RealDisk(), old);
    byte[] sealed = seal(ring.key(NOVEMBER));
    ring.destroy(DECEMBER, LATER);
    // when
    ring.rewrap(next);
    ring.rewrap(next);
    old.destroy();
    // then
    KeyRing reopened = fixture.open(new RealDisk(), next);
    assertThat(opens(reopened.key(NOVEMBER), sealed)).isTrue();
    assertThat(reopened.destroyed(DECEMBER)).isTrue();
    assertThatThrownBy(() -> fixture.open(new RealDisk(), old))
        .isInstanceOf(CryptoException.KeyEncryptionMissing.class)
        .hasMessageContaining(next.id())
        .hasMessageContaining("2026-11.default");
  }

  @Test
  void shouldRewrapWhatTheDiskHoldsAndTheMemoryDoesNot() {
    // given: a key that was written although its making failed
    FileKeyEncryption next = fixture.kek("next");
    KeyRing ring = fixture.open();
    byte[] sealed = seal(fixture.open().key(NOVEMBER));
    // when
    ring.rewrap(next);
    // then
    assertThat(opens(fixture.open(new RealDisk(), next).key(NOVEMBER), sealed)).isTrue();
  }

  @Test
  void shouldRefuseToOpenWithoutAKeyEncryptionKey() {
    assertThatThrownBy(() -> fixture.open(new RealDisk(), new KeyEncryption[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11.key",
        "2026-13.default.key",
        "kek",
        "2026-11.default.key.bak",
        "x.tmp",
        "2026-11.Default.destroyed"
      })
  void shouldRefuseForeignFiles(String name) throws IOException {
    fixture.open();
    Path file = Files.writeString(fixture.keys.resolve(name), "x");
    assertUnreadable(file);
    assertThat(file).exists();
  }

  @Test
  void shouldRefuseEveryFlippedBit() throws IOException {
    // given
    KeyRing ring = fixture.open();
    ring.key(NOVEMBER);
    ring.destroy(DECEMBER, LATER);
    for (String name : fixture.files()) {
      Path file = fixture.keys.resolve(name);
      byte[] text = Files.readAllBytes(file);
      for (int bit = 0; bit < text.length * 8; bit++) {
        byte[] altered = text.clone();
        altered[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, altered);
        // when, then
        assertThatThrownBy(fixture::open)
            .as("%s, bit %d", name, bit)
            .isInstanceOfAny(CryptoException.KeyUnreadable.class, CryptoException.KeyTooNew.class)
            .hasMessageContaining(name);
      }
      Files.write(file, text);
    }
    assertThat(fixture.open().alive()).containsExactly(NOVEMBER);
  }

  @Test
  void shouldRefuseAKeyOfAnotherMonth() throws IOException {
    // given: November's secret under December's name, in a file made as if it were whole
    KeyRing ring = fixture.open();
    ring.key(NOVEMBER);
    Path november = fixture.keys.resolve("2026-11.default.key");
    Path december = fixture.keys.resolve("2026-12.default.key");
    Files.copy(november, december);
    assertUnreadable(december);
    // when
    KeyFile file = KeyFile.read(november, NOVEMBER);
    KeyFile forged =
        new KeyFile(
            DECEMBER,
            file.key(),
            file.kek(),
            file.wrapped(),
            file.created(),
            file.check(),
            file.erasure());
    Files.write(december, forged.text());
    // then
    assertUnreadable(december);
  }

  @Test
  void shouldMakeOneKeyForManyThreads() throws Exception {
    // given
    KeyRing ring = fixture.open();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    Callable<MonthKey> first = () -> ring.key(NOVEMBER);
    // when
    List<Future<MonthKey>> keys = threads.invokeAll(Collections.nCopies(64, first));
    threads.shutdown();
    // then
    Set<MonthKey> seen = new HashSet<>();
    for (Future<MonthKey> key : keys) {
      seen.add(key.get());
    }
    assertThat(seen).hasSize(1);
  }

  private void assertDestroyed(KeyRing ring) {
    assertThat(ring.destroyed(NOVEMBER)).isTrue();
    assertThat(ring.existing(NOVEMBER)).isEmpty();
    assertThat(ring.alive()).doesNotContain(NOVEMBER);
    assertThatThrownBy(() -> ring.key(NOVEMBER))
        .isInstanceOf(CryptoException.KeyDestroyed.class)
        .hasMessageContaining("2026-11.default")
        .hasMessageContaining(LATER.toString());
  }

  private void assertUnreadable(Path file) {
    assertThatThrownBy(fixture::open)
        .isInstanceOf(CryptoException.KeyUnreadable.class)
        .hasMessageContaining(file.toString());
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
