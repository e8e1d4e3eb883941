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
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.crypto.FailingDisk.Failure;
import vellum.core.crypto.FailingDisk.Killed;
import vellum.core.crypto.KekRotation.Rotated;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;
import vellum.core.record.MonthId;

final class KekRotationTest {

  private static final int MORE_THAN_ALL = 60;

  @TempDir private Path directory;

  /** Everything of one start. */
  private record Start(KekFiles files, KeyRing ring, SigningKey signing, KekRotation rotation) {

    static Start of(SigningFixture fixture, Disk disk) {
      KekFiles files = fixture.files(disk);
      KeyRing ring = fixture.ring(files.encryptions(), disk);
      SigningKey signing = fixture.signing(files.encryptions(), disk);
      return new Start(files, ring, signing, new KekRotation(files, List.of(ring, signing)));
    }
  }

  @Test
  void shouldReplaceTheKeyAndKeepWhatItWrapped() throws IOException {
    // given
    SigningFixture fixture = new SigningFixture(directory);
    Start start = Start.of(fixture, new RealDisk());
    byte[] sealed = seal(start.ring().key(NOVEMBER));
    String certificate = start.signing().certificatePem();
    byte[] oldKek = Files.readAllBytes(fixture.kek);
    String oldId = start.files().current().id();
    // when
    Rotated rotated = start.rotation().rotate();
    // then
    assertThat(rotated.from()).isEqualTo(oldId).isNotEqualTo(rotated.to());
    assertThat(kekFiles()).containsExactly("current.kek");
    assertThat(Files.readAllBytes(fixture.kek)).isNotEqualTo(oldKek);
    byte[] december = seal(start.ring().key(DECEMBER));
    Start again = Start.of(fixture, new RealDisk());
    assertThat(again.files().current().id()).isEqualTo(rotated.to());
    assertThat(again.files().rotating()).isFalse();
    assertThat(opens(again.ring().key(NOVEMBER), sealed)).isTrue();
    assertThat(opens(again.ring().key(DECEMBER), december)).isTrue();
    assertThat(again.signing().certificatePem()).isEqualTo(certificate);
    assertThat(again.rotation().resume()).isEmpty();
  }

  @Test
  void shouldRotateAgainAndAgain() {
    SigningFixture fixture = new SigningFixture(directory);
    Start start = Start.of(fixture, new RealDisk());
    byte[] sealed = seal(start.ring().key(NOVEMBER));
    Rotated first = start.rotation().rotate();
    Rotated second = start.rotation().rotate();
    assertThat(second.from()).isEqualTo(first.to());
    assertThat(opens(Start.of(fixture, new RealDisk()).ring().key(NOVEMBER), sealed)).isTrue();
  }

  @Test
  void shouldLeaveNoWayToACopyOfADestroyedKey() throws IOException {
    // given: a rotation cut short has wrapped November's key anew, and somebody copied the file
    SigningFixture fixture = new SigningFixture(directory);
    Start start = Start.of(fixture, new RealDisk());
    start.ring().key(NOVEMBER);
    KeyEncryption next = start.files().begin();
    start.ring().rewrap(next);
    byte[] copy = Files.readAllBytes(fixture.keys.resolve("2026-11.default.key"));
    // when: it is destroyed, and the key-encryption key rotated after a restart
    Start.of(fixture, new RealDisk()).ring().destroy(NOVEMBER, LATER);
    Start restarted = Start.of(fixture, new RealDisk());
    Rotated rotated = restarted.rotation().rotate();
    // then: neither the first key nor the one that was to follow it is left
    assertThat(rotated.to()).isNotEqualTo(next.id());
    assertThat(kekFiles()).containsExactly("current.kek");
    Path file = Files.write(directory.resolve("2026-11.default.key"), copy);
    assertThat(restarted.files().current().unwrap(KeyFile.read(file, NOVEMBER).wrapped()))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void shouldGoOnAfterEveryStepThatWentWrong(Failure failure) throws IOException {
    for (int step = 1; ; step++) {
      // given
      Path place = Files.createDirectory(directory.resolve(failure + "-" + step));
      SigningFixture fixture = new SigningFixture(place);
      Start first = Start.of(fixture, new RealDisk());
      byte[] november = seal(first.ring().key(NOVEMBER));
      byte[] december = seal(first.ring().key(DECEMBER));
      String certificate = first.signing().certificatePem();
      String oldId = first.files().current().id();
      FailingDisk disk = new FailingDisk(failure, step);
      // when
      try {
        Start.of(fixture, disk).rotation().rotate();
      } catch (Killed | CryptoException.KeyStorageFailed e) {
        assertThat(disk.failed()).isTrue();
      }
      // then: it starts, works, and finishes
      assertThat(KekFiles.exists(fixture.kek)).isTrue();
      Start second = Start.of(fixture, new RealDisk());
      assertThat(opens(second.ring().key(NOVEMBER), november)).isTrue();
      assertThat(second.signing().certificatePem()).isEqualTo(certificate);
      second.rotation().resume();
      assertThat(names(place)).containsExactly("current.kek", "keys");
      second.rotation().rotate();
      Start third = Start.of(fixture, new RealDisk());
      assertThat(third.files().current().id()).isNotEqualTo(oldId);
      assertThat(opens(third.ring().key(NOVEMBER), november)).isTrue();
      assertThat(opens(third.ring().key(DECEMBER), december)).isTrue();
      assertThat(third.signing().certificatePem()).isEqualTo(certificate);
      if (!disk.failed()) {
        assertThat(step).as("steps that went wrong").isGreaterThan(8);
        return;
      }
      assertThat(step).isLessThan(MORE_THAN_ALL);
    }
  }

  @Test
  void shouldForceTheDirectoryOfTheKeysOnceForAllOfThem() throws IOException {
    // given
    int[] forces = new int[2];
    for (int run = 0; run < 2; run++) {
      SigningFixture fixture =
          new SigningFixture(Files.createDirectory(directory.resolve("keys-" + run)));
      FailingDisk disk = new FailingDisk(Failure.ERROR, Integer.MAX_VALUE);
      Start start = Start.of(fixture, disk);
      List<byte[]> sealed = new ArrayList<>();
      for (int key = 0; key < 1 + 50 * run; key++) {
        sealed.add(seal(start.ring().key(month(key))));
      }
      int before = disk.directoryForces();
      // when
      start.rotation().rotate();
      // then
      forces[run] = disk.directoryForces() - before;
      KeyRing again = Start.of(fixture, new RealDisk()).ring();
      for (int key = 0; key < sealed.size(); key++) {
        assertThat(opens(again.key(month(key)), sealed.get(key))).isTrue();
      }
    }
    assertThat(forces[1]).isEqualTo(forces[0]);
  }

  /** A crash that undoes renames which no directory was forced for: files are old or new, whole. */
  @Test
  void shouldStartFromAnyMixtureOfFilesThatARewrapLeaves() throws IOException {
    for (int old = 0; old < 8; old++) {
      // given
      SigningFixture fixture =
          new SigningFixture(Files.createDirectory(directory.resolve("mixed-" + old)));
      Start start = Start.of(fixture, new RealDisk());
      List<byte[]> sealed = new ArrayList<>();
      for (int key = 0; key < 3; key++) {
        sealed.add(seal(start.ring().key(month(key))));
      }
      Map<Path, byte[]> before = new HashMap<>();
      for (int key = 0; key < 3; key++) {
        if ((old >> key & 1) == 1) {
          Path file = fixture.keys.resolve(month(key) + ".key");
          before.put(file, Files.readAllBytes(file));
        }
      }
      start.ring().rewrap(start.files().begin());
      // when
      for (Map.Entry<Path, byte[]> file : before.entrySet()) {
        Files.write(file.getKey(), file.getValue());
      }
      Start second = Start.of(fixture, new RealDisk());
      second.rotation().resume();
      // then
      KeyRing third = Start.of(fixture, new RealDisk()).ring();
      for (int key = 0; key < 3; key++) {
        assertThat(opens(third.key(month(key)), sealed.get(key))).isTrue();
      }
    }
  }

  private static MonthId month(int number) {
    return MonthId.caseKey(
        YearMonth.of(2026, 11), "%8s".formatted(Integer.toString(number)).replace(' ', '0'));
  }

  @Test
  void shouldRepeatAfterAnErrorWithoutARestart() throws IOException {
    for (int step = 1; ; step++) {
      // given
      SigningFixture fixture =
          new SigningFixture(Files.createDirectory(directory.resolve("again-" + step)));
      byte[] sealed = seal(Start.of(fixture, new RealDisk()).ring().key(NOVEMBER));
      FailingDisk disk = new FailingDisk(Failure.ERROR, step);
      Start start;
      try {
        start = Start.of(fixture, disk);
      } catch (CryptoException.KeyStorageFailed e) {
        continue;
      }
      // when
      try {
        start.rotation().rotate();
      } catch (CryptoException.KeyStorageFailed e) {
        assertThat(e.recoverable()).isTrue();
        start.rotation().rotate();
      }
      // then
      assertThat(names(fixture.kek.getParent())).containsExactly("current.kek", "keys");
      if (!disk.failed()) {
        assertThat(step).as("steps that went wrong").isGreaterThan(8);
        return;
      }
      byte[] december = seal(start.ring().key(DECEMBER));
      Start again = Start.of(fixture, new RealDisk());
      assertThat(opens(again.ring().key(NOVEMBER), sealed)).isTrue();
      assertThat(opens(again.ring().key(DECEMBER), december)).isTrue();
      assertThat(step).isLessThan(MORE_THAN_ALL);
    }
  }

  @Test
  void shouldOverwriteTheOldKey() throws IOException {
    // given: another name for the same blocks
    SigningFixture fixture = new SigningFixture(directory);
    Start start = Start.of(fixture, new RealDisk());
    Path link = Files.createLink(directory.resolve("link"), fixture.kek);
    byte[] zeros = new byte[(int) Files.size(link)];
    // when
    start.rotation().rotate();
    // then
    assertThat(Arrays.equals(Files.readAllBytes(link), zeros)).isTrue();
  }

  @Test
  void shouldRefuseToMakeAKeyWhereOneWasLost() throws IOException {
    // given
    SigningFixture fixture = new SigningFixture(directory);
    Start start = Start.of(fixture, new RealDisk());
    start.files().begin();
    // when
    Files.delete(fixture.kek);
    // then
    assertThat(KekFiles.exists(fixture.kek)).isFalse();
    assertThatThrownBy(() -> fixture.files(new RealDisk()))
        .isInstanceOf(CryptoException.KeyEncryptionMissing.class)
        .hasMessageContaining("current.kek");
  }

  private List<String> kekFiles() throws IOException {
    return names(directory).stream().filter(name -> name.contains("kek")).toList();
  }

  private static List<String> names(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
