package vellum.core.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.NoteKey;
import vellum.core.disk.RealDisk;
import vellum.core.record.Bytes;
import vellum.core.store.FullStore;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

/** A trail over a real control store whose disk may be full, and whose clocks are moved by hand. */
final class AuditFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-22T14:20:11.123456Z");
  static final String ORIGIN = "vellum.internal/audit/test";
  static final Actor JANE = new Actor("jane", "privacy", "token");

  final Path directory;
  final AtomicInteger writes = new AtomicInteger();
  private final Stores stores = new Stores(new RealDisk(), 8 << 20, 1);
  final Store control;
  final NoteKey key;
  Trail trail;
  Checkpoints checkpoints;
  Instant now = NOW;
  long nanos;
  volatile boolean isFull;

  AuditFixture(Path directory) {
    this(directory, "kek");
  }

  /** With a key of its own by the name of its key-encryption key. */
  AuditFixture(Path directory, String kek) {
    this.directory = directory;
    Path keys = directory.resolve("keys-" + kek);
    try {
      Files.createDirectories(keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SecureRandom random = new SecureRandom();
    this.key =
        NoteKey.open(
            keys,
            List.of(FileKeyEncryption.open(directory.resolve(kek), new RealDisk(), random)),
            new RealDisk(),
            random);
    this.control =
        watched(
            stores.openSynced(
                directory.resolve("control"), Trail.tables(), StoreOptions.control()));
    open();
  }

  /** Opens trail and checkpoints anew, as a restart does. */
  void open() {
    trail = Trail.open(control, () -> now);
    checkpoints = openCheckpoints();
  }

  Checkpoints openCheckpoints() {
    AuditConfig config = new AuditConfig(10, Duration.ofMinutes(5), Path.of(""));
    return Checkpoints.open(control, trail, key, config, () -> nanos, ORIGIN);
  }

  private Store watched(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("write")) {
                if (isFull) {
                  throw FullStore.unavailable();
                }
                writes.incrementAndGet();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  static Draft draft(String about) {
    return Draft.of(AuditEvent.IDENTITIES_REVEALED, JANE, "complaint").about(about).counting(1);
  }

  /** Records entries, of which the trail has so many more then. */
  void record(int entries) {
    for (int i = 0; i < entries; i++) {
      trail.record(draft("record " + trail.size()));
    }
  }

  /** Lines of all entries. */
  List<String> lines() {
    return trail.page(0, 10_000).stream()
        .map(one -> new String(one.line(), StandardCharsets.UTF_8))
        .toList();
  }

  /** An export, as the command writes it. */
  List<String> export() {
    List<String> lines = new ArrayList<>();
    lines.add(TrailFile.header(ORIGIN, checkpoints.keys(), trail.size()));
    List<String> entries = lines();
    for (int i = 0; i < entries.size(); i++) {
      lines.add(entries.get(i));
      for (Checkpoints.Signed one : checkpoints.page(i + 1L, i + 1L, 1)) {
        lines.add(TrailFile.checkpoint(one.note()));
      }
    }
    return lines;
  }

  void put(long number, byte[] line) {
    StoreBatch batch = control.batch();
    batch.put(TrailRows.ENTRIES, Bytes.ofLong(number), line);
    control.write(batch);
  }

  void delete(long number) {
    StoreBatch batch = control.batch();
    batch.delete(TrailRows.ENTRIES, Bytes.ofLong(number));
    control.write(batch);
  }

  byte[] line(long number) {
    return trail.page(number, 1).get(0).line();
  }

  @Override
  public void close() {
    control.close();
    stores.close();
  }
}
