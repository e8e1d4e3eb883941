package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.crypto.RingFixture.DECEMBER;
import static vellum.core.crypto.RingFixture.LATER;
import static vellum.core.crypto.RingFixture.NOVEMBER;
import static vellum.core.crypto.RingFixture.NOW;
import static vellum.core.crypto.RingFixture.opens;
import static vellum.core.crypto.RingFixture.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.crypto.FailingDisk.Failure;
import vellum.core.crypto.FailingDisk.Killed;
import vellum.core.crypto.KeyBackups.Backup;
import vellum.core.crypto.KeyBackups.Outcome;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;

final class KeyBackupsTest {

  @TempDir private Path directory;
  private SigningFixture fixture;
  private KeyRing ring;
  private SigningKey signing;
  private Backup backup;

  @BeforeEach
  void open() {
    fixture = new SigningFixture(directory);
    List<KeyEncryption> encryptions = fixture.files(new RealDisk()).encryptions();
    ring = fixture.ring(encryptions, new RealDisk());
    signing = fixture.signing(encryptions, new RealDisk());
    backup = new Backup("safe", directory.resolve("b/keys"), directory.resolve("c/backup.kek"));
  }

  @Test
  void shouldHoldEveryKeyThatLives() throws IOException {
    // given
    byte[] november = seal(ring.key(NOVEMBER));
    byte[] december = seal(ring.key(DECEMBER));
    // when
    backups().create(backup);
    Outcome outcome = backups().rewrite(backup);
    // then
    assertThat(outcome).isEqualTo(new Outcome.Rewritten("safe", 3, NOW));
    assertThat(files())
        .containsExactly("2026-11.default.key", "2026-12.default.key", "certificates.signing");
    SigningFixture restored = restored();
    List<KeyEncryption> encryptions = restored.files(new RealDisk()).encryptions();
    KeyRing again = restored.ring(encryptions, new RealDisk());
    assertThat(opens(again.key(NOVEMBER), november)).isTrue();
    assertThat(opens(again.key(DECEMBER), december)).isTrue();
    assertThat(restored.signing(encryptions, new RealDisk()).certificatePem())
        .isEqualTo(signing.certificatePem());
  }

  @Test
  void shouldLoseAKeyThatDied() throws IOException {
    // given
    ring.key(NOVEMBER);
    ring.key(DECEMBER);
    backups().create(backup);
    backups().rewrite(backup);
    Path link =
        Files.createLink(
            directory.resolve("link"), backup.directory().resolve("2026-11.default.key"));
    // when
    ring.destroy(NOVEMBER, LATER);
    Outcome outcome = backups().rewrite(backup);
    // then: overwritten, deleted, and a restore cannot revive the month
    assertThat(outcome).isEqualTo(new Outcome.Rewritten("safe", 2, NOW));
    assertThat(files())
        .containsExactly(
            "2026-11.default.destroyed", "2026-12.default.key", "certificates.signing");
    assertThat(Files.readAllBytes(link)).containsOnly(0);
    SigningFixture restored = restored();
    assertThat(
            restored
                .ring(restored.files(new RealDisk()).encryptions(), new RealDisk())
                .destroyed(NOVEMBER))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void shouldBeWholeAfterEveryStepThatWentWrong(Failure failure) throws IOException {
    byte[] sealed = seal(ring.key(DECEMBER));
    ring.key(NOVEMBER);
    backups().create(backup);
    backups().rewrite(backup);
    ring.destroy(NOVEMBER, LATER);
    for (int step = 1; ; step++) {
      // given
      FailingDisk disk = new FailingDisk(failure, step);
      // when
      try {
        Outcome outcome = backups(disk).rewrite(backup);
        assertThat(outcome instanceof Outcome.Rewritten || disk.failed()).isTrue();
      } catch (Killed e) {
        assertThat(disk.failed()).isTrue();
      }
      // then
      assertThat(backups().rewrite(backup)).isInstanceOf(Outcome.Rewritten.class);
      assertThat(files())
          .containsExactly(
              "2026-11.default.destroyed", "2026-12.default.key", "certificates.signing");
      SigningFixture restored = restored();
      KeyRing again = restored.ring(restored.files(new RealDisk()).encryptions(), new RealDisk());
      assertThat(opens(again.key(DECEMBER), sealed)).isTrue();
      if (!disk.failed()) {
        assertThat(step).isGreaterThan(4);
        return;
      }
      Files.deleteIfExists(backup.directory().resolve("2026-11.default.destroyed"));
    }
  }

  @Test
  void shouldSayThatAnAbsentBackupIsUnreachable() throws IOException {
    assertUnreachable("not mounted");
    Files.createDirectories(backup.directory());
    assertUnreachable("backup.kek is missing");
    backups().create(backup);
    Files.setPosixFilePermissions(
        backup.keyEncryptionFile(), PosixFilePermissions.fromString("rw-r--r--"));
    assertUnreachable("chmod 600");
  }

  @Test
  void shouldSayThatAFailingDiskIsUnreachable() {
    backups().create(backup);
    Outcome outcome = backups(new FailingDisk(Failure.ERROR, 1)).rewrite(backup);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Unreachable.class, failed -> assertThat(failed.reason()).contains("injected"));
  }

  @Test
  void shouldLeaveTheKeysOfAnotherInstallationAlone() throws IOException {
    // given
    backups().create(backup);
    SigningFixture other = new SigningFixture(Files.createDirectory(directory.resolve("other")));
    KeyRing theirs = other.ring(other.files(new RealDisk()).encryptions(), new RealDisk());
    theirs.key(NOVEMBER);
    Path foreign = other.keys.resolve("2026-11.default.key");
    Path there = backup.directory().resolve("2026-11.default.key");
    Files.copy(foreign, there);
    // when, then: neither when we know nothing of the month, nor when we have another key of it
    assertUnreachable("2026-11.default.key is not of the keys of this installation");
    ring.key(NOVEMBER);
    assertUnreachable("2026-11.default.key is not of the keys of this installation");
    assertThat(there).hasSameBinaryContentAs(foreign);
    assertThatThrownBy(() -> backups().create(backup))
        .isInstanceOf(CryptoException.KeyUnreadable.class);
  }

  @Test
  void shouldRefuseItsOwnKeyInsideTheDirectory() {
    Path inside = directory.resolve("b/keys/backup.kek");
    assertThatThrownBy(() -> new Backup("safe", directory.resolve("b/keys"), inside))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not lie in its directory");
    assertThatThrownBy(() -> new Backup("No Name", directory, directory.resolve("../kek")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldStayAwayFromTheKeysThemselves() throws IOException {
    // given: a backup there would wrap the keys themselves under its own key
    byte[] before = Files.readAllBytes(fixture.kek);
    ring.key(NOVEMBER);
    Path link = Files.createSymbolicLink(directory.resolve("link"), fixture.keys);
    KeyBackups guarded =
        new KeyBackups(
            ring,
            List.of(signing),
            new RealDisk(),
            new SecureRandom(),
            InstantSource.fixed(NOW),
            List.of(fixture.keys, fixture.kek));
    Path kek = directory.resolve("c/backup.kek");
    Path away = directory.resolve("b/keys");
    // when, then
    for (Backup bad :
        List.of(
            new Backup("safe", fixture.keys, kek),
            new Backup("safe", fixture.keys.resolve("below/it"), kek),
            new Backup("safe", link, kek),
            new Backup("safe", away, fixture.kek),
            new Backup("safe", away, link.resolve("backup.kek")))) {
      assertThatThrownBy(() -> guarded.create(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must lie outside of");
    }
    assertThat(fixture.kek).hasBinaryContent(before);
    guarded.create(backup);
    assertThat(guarded.rewrite(backup)).isInstanceOf(Outcome.Rewritten.class);
  }

  private void assertUnreachable(String reason) {
    assertThat(backups().rewrite(backup))
        .isInstanceOfSatisfying(
            Outcome.Unreachable.class, failed -> assertThat(failed.reason()).contains(reason));
  }

  private KeyBackups backups() {
    return backups(new RealDisk());
  }

  private KeyBackups backups(Disk disk) {
    return new KeyBackups(ring, signing, disk, new SecureRandom(), InstantSource.fixed(NOW));
  }

  /** What a restore makes of the backup: two copies. */
  private SigningFixture restored() throws IOException {
    Path place = Files.createTempDirectory(directory, "restored");
    SigningFixture restored = new SigningFixture(place);
    Files.copy(backup.keyEncryptionFile(), restored.kek);
    Files.setPosixFilePermissions(restored.kek, PosixFilePermissions.fromString("rw-------"));
    Files.createDirectory(restored.keys);
    for (String name : files()) {
      Files.copy(backup.directory().resolve(name), restored.keys.resolve(name));
    }
    return restored;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(backup.directory())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
