package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.crypto.RingFixture.DECEMBER;
import static vellum.core.crypto.RingFixture.LATER;
import static vellum.core.crypto.RingFixture.NOVEMBER;
import static vellum.core.crypto.RingFixture.opens;
import static vellum.core.crypto.RingFixture.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.crypto.FailingDisk.Failure;
import vellum.core.crypto.FailingDisk.Killed;
import vellum.core.disk.RealDisk;

/** Every change to the disk goes wrong once, in every way: what is left must be of use. */
final class KeyRingCrashTest {

  private static final int MORE_THAN_ALL = 50;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"KILLED_BEFORE", "KILLED_AFTER"})
  void shouldFinishADestructionCutShort(Failure failure) throws IOException {
    for (int step = 1; ; step++) {
      // given
      RingFixture fixture = fixture(failure + "-" + step);
      byte[] sealed = seal(fixture.open().key(NOVEMBER));
      FailingDisk disk = new FailingDisk(failure, step);
      KeyRing killed = fixture.open(disk);
      // when
      try {
        killed.destroy(NOVEMBER, LATER);
      } catch (Killed e) {
        assertThat(disk.failed()).isTrue();
      }
      // then
      KeyRing ring = fixture.open();
      if (ring.destroyed(NOVEMBER)) {
        assertThat(fixture.files()).containsExactly("2026-11.default.destroyed");
      } else {
        assertThat(fixture.files()).containsExactly("2026-11.default.key");
        assertThat(opens(ring.key(NOVEMBER), sealed)).isTrue();
      }
      ring.destroy(NOVEMBER, LATER);
      assertGone(fixture, ring);
      assertGone(fixture, fixture.open());
      if (!disk.failed()) {
        assertThat(step).as("steps that were killed").isGreaterThan(3);
        return;
      }
      assertThat(step).isLessThan(MORE_THAN_ALL);
    }
  }

  @Test
  void shouldFinishADestructionCutShortOnAFullDisk() throws IOException {
    for (int step = 1; ; step++) {
      // given
      RingFixture fixture = fixture("full-" + step);
      fixture.open().key(NOVEMBER);
      FullDisk disk = new FullDisk(true, step);
      KeyRing killed = fixture.open(disk);
      // when
      try {
        killed.destroy(NOVEMBER, LATER);
      } catch (Killed e) {
        assertThat(disk.failed()).isTrue();
      }
      // then: the text of the tombstone was in the file before the first kill
      assertGone(fixture, fixture.open());
      if (!disk.failed()) {
        assertThat(step).as("steps that were killed").isGreaterThan(3);
        return;
      }
      assertThat(step).isLessThan(MORE_THAN_ALL);
    }
  }

  @Test
  void shouldFinishAfterAnErrorOnADiskThatStaysFull() throws IOException {
    for (int step = 1; ; step++) {
      // given
      RingFixture fixture = fixture("full-error-" + step);
      fixture.open().key(NOVEMBER);
      FullDisk disk = new FullDisk(false, step);
      KeyRing ring = fixture.open(disk);
      // when
      try {
        ring.destroy(NOVEMBER, LATER);
      } catch (CryptoException.KeyStorageFailed e) {
        assertThat(e.recoverable()).isTrue();
      }
      // then
      if (!disk.failed()) {
        assertThat(step).as("steps that went wrong").isGreaterThan(3);
        return;
      }
      assertThat(step).isLessThan(MORE_THAN_ALL);
      ring.destroy(NOVEMBER, LATER);
      assertGone(fixture, ring);
      assertGone(fixture, fixture.open());
    }
  }

  @Test
  void shouldRefuseAtOnceAndFinishAfterAnError() throws IOException {
    for (int step = 1; ; step++) {
      // given
      RingFixture fixture = fixture("error-" + step);
      fixture.open().key(NOVEMBER);
      FailingDisk disk = new FailingDisk(Failure.ERROR, step);
      KeyRing ring = fixture.open(disk);
      MonthKey key = ring.key(NOVEMBER);
      // when
      try {
        ring.destroy(NOVEMBER, LATER);
      } catch (CryptoException.KeyStorageFailed e) {
        assertThat(e.recoverable()).isTrue();
      }
      // then
      if (!disk.failed()) {
        assertThat(step).as("steps that went wrong").isGreaterThan(3);
        return;
      }
      assertThat(step).isLessThan(MORE_THAN_ALL);
      assertThat(key.destroyed()).isTrue();
      assertThat(ring.existing(NOVEMBER)).isEmpty();
      assertThatThrownBy(() -> ring.key(NOVEMBER)).isInstanceOf(CryptoException.KeyDestroyed.class);
      ring.destroy(NOVEMBER, LATER);
      assertGone(fixture, ring);
      assertGone(fixture, fixture.open());
    }
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void shouldFinishARewrapCutShort(Failure failure) {
    for (int step = 1; ; step++) {
      // given
      RingFixture fixture = fixture("rewrap-" + failure + "-" + step);
      KeyRing first = fixture.open();
      byte[] november = seal(first.key(NOVEMBER));
      byte[] december = seal(first.key(DECEMBER));
      FileKeyEncryption old = fixture.kek("kek");
      FileKeyEncryption next = fixture.kek("next");
      FailingDisk disk = new FailingDisk(failure, step);
      KeyRing killed = fixture.open(disk, old);
      // when
      try {
        killed.rewrap(next);
      } catch (Killed | CryptoException.KeyStorageFailed e) {
        assertThat(disk.failed()).isTrue();
      }
      fixture.open(new RealDisk(), next, old).rewrap(next);
      // then
      KeyRing ring = fixture.open(new RealDisk(), next);
      assertThat(opens(ring.key(NOVEMBER), november)).isTrue();
      assertThat(opens(ring.key(DECEMBER), december)).isTrue();
      if (!disk.failed()) {
        assertThat(step).as("steps that went wrong").isGreaterThan(2);
        return;
      }
      assertThat(step).isLessThan(MORE_THAN_ALL);
    }
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void shouldMakeAKeyAfterOneThatFailed(Failure failure) {
    // given
    RingFixture fixture = fixture("make-" + failure);
    fixture.open();
    KeyRing failing = fixture.open(new FailingDisk(failure, 1));
    // when
    assertThatThrownBy(() -> failing.key(NOVEMBER))
        .isInstanceOfAny(Killed.class, CryptoException.KeyStorageFailed.class);
    // then
    KeyRing ring = failure == Failure.ERROR ? failing : fixture.open();
    byte[] sealed = seal(ring.key(NOVEMBER));
    assertThat(opens(fixture.open().key(NOVEMBER), sealed)).isTrue();
    assertThat(fixture.files()).containsExactly("2026-11.default.key");
  }

  @Test
  void shouldOverwriteWhatItDeletes() throws IOException {
    // given: another name for the same blocks
    RingFixture fixture = fixture("overwrite");
    KeyRing ring = fixture.open();
    ring.key(NOVEMBER);
    Path link = directory.resolve("link");
    Files.createLink(link, fixture.keys.resolve("2026-11.default.key"));
    long size = Files.size(link);
    // when
    ring.destroy(NOVEMBER, LATER);
    // then
    assertThat(Files.readAllBytes(link)).hasSize((int) size).containsOnly(0);
  }

  private static void assertGone(RingFixture fixture, KeyRing ring) throws IOException {
    assertThat(fixture.files()).containsExactly("2026-11.default.destroyed");
    assertThat(Files.readString(fixture.keys.resolve("2026-11.default.destroyed")))
        .startsWith("vellum key-tombstone 1\n");
    assertThat(ring.destroyed(NOVEMBER)).isTrue();
    assertThatThrownBy(() -> ring.key(NOVEMBER)).isInstanceOf(CryptoException.KeyDestroyed.class);
  }

  private RingFixture fixture(String name) {
    Path place = directory.resolve(name);
    try {
      return new RingFixture(Files.createDirectory(place));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
