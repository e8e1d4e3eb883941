package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KeyBackups;
import vellum.core.crypto.KeyBackups.Backup;
import vellum.core.crypto.KeyBackups.Outcome;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.SigningKey;
import vellum.core.disk.RealDisk;
import vellum.core.record.MonthId;
import vellum.core.retention.BackupRegistry.Registered;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

final class BackupRegistryTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-05T10:00:00Z"));
  private static final MonthId NOVEMBER = MonthId.parse("2026-11.default");

  @TempDir private Path directory;
  private Stores stores;
  private Store control;
  private KeyRing ring;
  private KeyBackups backups;

  @BeforeEach
  void open() {
    RealDisk disk = new RealDisk();
    SecureRandom random = new SecureRandom();
    stores = new Stores(disk, 8 << 20, 1);
    control =
        stores.openSynced(
            directory.resolve("control"), List.of(BackupRegistry.TABLE), StoreOptions.control());
    KekFiles files = KekFiles.open(directory.resolve("kek"), disk, random);
    Path keys = directory.resolve("keys");
    ring = KeyRing.open(keys, files.encryptions(), disk, random, CLOCK);
    SigningKey signing =
        SigningKey.open(keys, files.encryptions(), "incarnation", disk, random, CLOCK);
    backups = new KeyBackups(ring, signing, disk, random, CLOCK);
  }

  @AfterEach
  void close() {
    control.close();
    stores.close();
  }

  @Test
  void shouldRewriteWhatIsRegisteredAndNameWhatIsAway() throws Exception {
    // given
    ring.key(NOVEMBER);
    BackupRegistry registry = new BackupRegistry(control, backups);
    assertThat(registry.add(backup("near"))).isEqualTo(new Outcome.Rewritten("near", 2, now()));
    registry.add(backup("far"));
    // when: one is taken away, and a key dies
    Files.move(directory.resolve("far"), directory.resolve("taken"));
    ring.destroy(NOVEMBER, now());
    List<Outcome> outcomes = registry.rewriteAll();
    // then
    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            Outcome.Unreachable.class, far -> assertThat(far.reason()).contains("not mounted"));
    assertThat(outcomes.get(1)).isEqualTo(new Outcome.Rewritten("near", 1, now()));
    assertThat(directory.resolve("near/2026-11.default.key")).doesNotExist();
    assertThat(new BackupRegistry(control, backups).list())
        .extracting(each -> each.last().orElseThrow())
        .isEqualTo(outcomes);
  }

  @Test
  void shouldForgetABackupAndLeaveItsFiles() {
    BackupRegistry registry = new BackupRegistry(control, backups);
    registry.add(backup("near"));
    assertThat(registry.remove("near")).isTrue();
    assertThat(registry.remove("near")).isFalse();
    assertThat(registry.list()).isEmpty();
    assertThat(directory.resolve("near/certificates.signing")).exists();
  }

  @Test
  void shouldRefuseWhatIsRegisteredAndWhatIsTooMuch() {
    BackupRegistry registry = new BackupRegistry(control, backups);
    for (int i = 0; i < BackupRegistry.MAX_BACKUPS; i++) {
      registry.add(backup("backup-" + i));
      if (i == 0) {
        Backup twice = new Backup("other", directory.resolve("backup-0"), directory.resolve("k"));
        assertThatThrownBy(() -> registry.add(twice)).hasMessageContaining("registered already");
        assertThatThrownBy(() -> registry.add(backup("backup-0")))
            .hasMessageContaining("registered already");
      }
    }
    assertThatThrownBy(() -> registry.add(backup("more")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 16");
    assertThat(registry.list())
        .hasSize(16)
        .extracting(Registered::backup)
        .contains(backup("backup-9"));
  }

  @Test
  void shouldNotRegisterWhatCannotBeBegun() throws Exception {
    Files.writeString(directory.resolve("file"), "x");
    BackupRegistry registry = new BackupRegistry(control, backups);
    Backup bad = new Backup("bad", directory.resolve("file/keys"), directory.resolve("bad.kek"));
    assertThatThrownBy(() -> registry.add(bad))
        .isInstanceOf(vellum.core.crypto.CryptoException.KeyStorageFailed.class);
    assertThat(registry.list()).isEmpty();
  }

  private Backup backup(String name) {
    return new Backup(name, directory.resolve(name), directory.resolve(name + ".kek"));
  }

  private static Instant now() {
    return CLOCK.instant();
  }
}
