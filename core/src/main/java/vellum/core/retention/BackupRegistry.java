package vellum.core.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import vellum.core.crypto.KeyBackups;
import vellum.core.crypto.KeyBackups.Backup;
import vellum.core.crypto.KeyBackups.Outcome;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * The key backups that each erasure rewrites, in the control store. Thread-safe. A copy of the keys
 * that is not registered here is one that no erasure reaches.
 *
 * <pre>
 *   name   → directory NUL key-encryption file NUL outcome
 *   outcome: empty (never written) | REWRITTEN NUL keys NUL at | UNREACHABLE NUL reason NUL at
 * </pre>
 */
public final class BackupRegistry {

  public static final Table TABLE = new Table("key-backups", 0, Shape.SMALL);

  /** Backups at most: each erasure waits for all of them. */
  public static final int MAX_BACKUPS = 16;

  private static final String NUL = "\0";
  private static final String REWRITTEN = "REWRITTEN";
  private static final String UNREACHABLE = "UNREACHABLE";

  private final Store control;
  private final KeyBackups backups;
  private volatile Consumer<Outcome> listener = outcome -> {};

  /**
   * A registered backup.
   *
   * @param last how its last rewriting ended; empty before the first
   */
  public record Registered(Backup backup, Optional<Outcome> last) {}

  public BackupRegistry(Store control, KeyBackups backups) {
    this.control = control;
    this.backups = backups;
  }

  /** Who hears from now on how each writing of a backup ended. */
  public void tell(Consumer<Outcome> hearer) {
    listener = hearer;
  }

  /**
   * Registers a backup, begins it and writes it the first time.
   *
   * @throws IllegalArgumentException when the name or the directory is registered, or there are
   *     {@link #MAX_BACKUPS}
   * @throws vellum.core.crypto.CryptoException when it cannot be begun; then it is not registered
   */
  public synchronized Outcome add(Backup backup) {
    List<Registered> all = list();
    if (all.size() >= MAX_BACKUPS) {
      throw new IllegalArgumentException("at most " + MAX_BACKUPS + " key backups: " + all.size());
    }
    for (Registered each : all) {
      if (each.backup().name().equals(backup.name())
          || each.backup().directory().equals(backup.directory())) {
        throw new IllegalArgumentException(
            "the key backup " + each.backup().name() + " is registered already");
      }
    }
    backups.create(backup);
    put(backup, "");
    return rewrite(backup);
  }

  /**
   * Forgets a backup; its files stay. False when there is none of that name. The caller sees to it
   * that they are destroyed: no erasure does any more.
   */
  public synchronized boolean remove(String name) {
    if (control.get(TABLE, name.getBytes(UTF_8)) == null) {
      return false;
    }
    StoreBatch batch = control.batch();
    batch.delete(TABLE, name.getBytes(UTF_8));
    control.write(batch);
    return true;
  }

  /** All backups, by name. */
  public synchronized List<Registered> list() {
    List<Registered> all = new ArrayList<>();
    try (Scan scan = control.scan(TABLE, new byte[] {0}, new byte[] {(byte) 0xFF})) {
      while (scan.next()) {
        all.add(registered(new String(scan.key(), UTF_8), new String(scan.value(), UTF_8)));
      }
    }
    return all;
  }

  /** Rewrites every backup and notes how it ended. An unreachable one stops none of the others. */
  public synchronized List<Outcome> rewriteAll() {
    return list().stream().map(each -> rewrite(each.backup())).toList();
  }

  private Outcome rewrite(Backup backup) {
    Outcome outcome = backups.rewrite(backup);
    put(backup, text(outcome));
    listener.accept(outcome);
    return outcome;
  }

  private void put(Backup backup, String outcome) {
    StoreBatch batch = control.batch();
    String value = backup.directory() + NUL + backup.keyEncryptionFile() + NUL + outcome;
    batch.put(TABLE, backup.name().getBytes(UTF_8), value.getBytes(UTF_8));
    control.write(batch);
  }

  private static String text(Outcome outcome) {
    if (outcome instanceof Outcome.Rewritten done) {
      return REWRITTEN + NUL + done.keys() + NUL + done.at();
    }
    Outcome.Unreachable failed = (Outcome.Unreachable) outcome;
    return UNREACHABLE + NUL + failed.reason().replace(NUL, " ") + NUL + failed.at();
  }

  private static Registered registered(String name, String value) {
    String[] parts = value.split(NUL, -1);
    Backup backup = new Backup(name, Path.of(parts[0]), Path.of(parts[1]));
    return new Registered(
        backup,
        switch (parts[2]) {
          case REWRITTEN ->
              Optional.of(
                  new Outcome.Rewritten(name, Integer.parseInt(parts[3]), Instant.parse(parts[4])));
          case UNREACHABLE ->
              Optional.of(new Outcome.Unreachable(name, parts[3], Instant.parse(parts[4])));
          default -> Optional.empty();
        });
  }
}
