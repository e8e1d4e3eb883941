package vellum.core.period;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import vellum.core.disk.Disk;
import vellum.core.record.MonthId;
import vellum.core.store.Store;

/**
 * The live months of one machine: {@code live/2026-11.default/}, one directory and one store each,
 * opened when first used. The catalog decides which there are: a directory that it does not name is
 * deleted at the start, unless the catalog is empty, which looks like a lost control store and is
 * refused. Thread-safe.
 */
public final class LiveMonths implements RecordStore {

  private final Path directory;
  private final Catalog catalog;
  private final MonthOpener opener;
  private final InstantSource clock;
  private final Disk disk;
  private final int maxOpen;

  /** Open months, the longest unused first. */
  private final Map<MonthId, Open> open = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  /** Opens the store of a month in a directory. */
  @FunctionalInterface
  public interface MonthOpener {
    Store open(Path directory, List<vellum.core.store.Table> tables);
  }

  /**
   * Finds what is there.
   *
   * @param directory {@code live/}; made when it is not there
   * @param maxOpen months that stay open unused, 1 to 1,000
   */
  public LiveMonths(
      Path directory,
      Catalog catalog,
      MonthOpener opener,
      InstantSource clock,
      Disk disk,
      int maxOpen) {
    if (maxOpen < 1 || maxOpen > 1000) {
      throw new IllegalArgumentException("open months must be 1 to 1,000: " + maxOpen);
    }
    this.directory = directory;
    this.catalog = catalog;
    this.opener = opener;
    this.clock = clock;
    this.disk = disk;
    this.maxOpen = maxOpen;
    try {
      Files.createDirectories(directory);
      reconcile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void reconcile() throws IOException {
    List<Path> unnamed = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        if (!isNamed(entry)) {
          unnamed.add(entry);
        }
      }
    }
    if (!unnamed.isEmpty() && catalog.entries().isEmpty()) {
      throw new PeriodException.CatalogMissing(
          directory
              + " holds months, but the control store names none: restore control/ from a backup, or"
              + " move them away");
    }
    for (Path entry : unnamed) {
      disk.deleteTree(entry);
    }
    for (MonthId month : catalog.entries().keySet()) {
      if (!Files.isDirectory(directory.resolve(month.toString()))) {
        requireNotMade(month);
      }
    }
  }

  private void requireNotMade(MonthId month) {
    if (catalog.isMade(month)) {
      throw new PeriodException.MonthMissing(
          directory.resolve(month.toString())
              + " is missing, but the catalog names it: restore it, or the whole data directory, from"
              + " a backup");
    }
  }

  private boolean isNamed(Path entry) {
    try {
      return catalog.isNamed(MonthId.parse(String.valueOf(entry.getFileName())));
    } catch (IllegalArgumentException notAMonth) {
      return false;
    }
  }

  @Override
  public synchronized Hold hold(MonthId month) {
    Open entry = open.get(month);
    if (entry == null) {
      requireOpen();
      catalog.add(month, clock.instant());
      entry = new Open(new LiveMonth(month, store(month)));
      open.put(month, entry);
    }
    return entry.hold();
  }

  private Store store(MonthId month) {
    Path path = directory.resolve(month.toString());
    if (!Files.isDirectory(path)) {
      requireNotMade(month);
      make(path);
    }
    Store store = opener.open(path, MonthTables.LIVE);
    catalog.made(month);
    return store;
  }

  /**
   * Makes a month's directory durably: the journal is released on the strength of what is in it.
   */
  private void make(Path path) {
    try {
      Files.createDirectory(path);
      disk.forceDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized Optional<Hold> holdExisting(MonthId month) {
    return open.containsKey(month) || catalog.isNamed(month)
        ? Optional.of(hold(month))
        : Optional.empty();
  }

  @Override
  public SortedSet<MonthId> months() {
    return new TreeSet<>(catalog.entries().keySet());
  }

  @Override
  public synchronized int trim() {
    List<Open> unused =
        open.values().stream()
            .filter(entry -> entry.holders == 0 && entry.month.unflushedBytes() == 0)
            .limit(Math.max(0, open.size() - maxOpen))
            .toList();
    for (Open entry : unused) {
      open.remove(entry.month.month());
      entry.month.close();
    }
    return unused.size();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the live months are closed");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(entry -> entry.month.close());
    open.clear();
  }

  /** An open month and how many hold it; guarded by the months' lock. */
  private final class Open {
    private final LiveMonth month;
    private int holders;

    Open(LiveMonth month) {
      this.month = month;
    }

    Hold hold() {
      holders++;
      return new Hold() {
        private boolean released;

        @Override
        public LiveMonth month() {
          return month;
        }

        @Override
        public void close() {
          synchronized (LiveMonths.this) {
            if (!released) {
              released = true;
              holders--;
            }
          }
        }
      };
    }
  }
}
