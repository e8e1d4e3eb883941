package vellum.core.casefile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import vellum.core.audit.Trail;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.record.MonthId;
import vellum.core.store.FullStore;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.store.Table;

/** Case files and a trail over a real control store, whose disk may be full, and real keys. */
final class CaseFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-22T14:20:11.123Z");

  final Path directory;
  private final SecureRandom random = new SecureRandom();
  private Stores stores;
  Store control;
  KeyRing keys;
  CaseFiles files;
  Trail trail;
  CaseAudit audit;
  Instant now = NOW;
  volatile boolean isFull;

  CaseFixture(Path directory) {
    this.directory = directory;
    open();
  }

  private void open() {
    stores = new Stores(new RealDisk(), 8 << 20, 1);
    List<Table> tables = new ArrayList<>(CaseFiles.tables());
    tables.addAll(Trail.tables());
    control =
        fillable(stores.openSynced(directory.resolve("control"), tables, StoreOptions.control()));
    try {
      keys =
          KeyRing.open(
              directory.resolve("keys"),
              List.of(FileKeyEncryption.open(directory.resolve("kek"), new RealDisk(), random)),
              new RealDisk(),
              random,
              () -> now);
      files = CaseFiles.open(control, keys, random, () -> now);
      trail = Trail.open(control, () -> now);
      audit = new CaseAudit(trail, keys, random, () -> now);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  void reopen() {
    close();
    open();
  }

  private Store fillable(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (isFull && method.getName().equals("write")) {
                throw FullStore.unavailable();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  MonthId key(CaseId id) {
    return CaseRows.keyOf(YearMonth.from(NOW.atOffset(ZoneOffset.UTC)), id.code());
  }

  /** Rows of all cases, in all tables. */
  int rows() {
    int rows = 0;
    byte[] end = "[".getBytes(StandardCharsets.US_ASCII);
    byte[] begin = "0".getBytes(StandardCharsets.US_ASCII);
    for (Table table : List.of(CaseRows.INDEX, CaseRows.CASES, CaseRows.ATTACHMENTS)) {
      try (Scan scan = control.scan(table, begin, end)) {
        while (scan.next()) {
          rows++;
        }
      }
    }
    return rows;
  }

  List<String> keyFiles() throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve("keys"))) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Every file below a directory, byte for byte as ISO 8859-1. */
  static List<String> contents(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(
              file -> {
                try {
                  return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }

  @Override
  public void close() {
    control.close();
    stores.close();
  }
}
