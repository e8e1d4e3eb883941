package vellum.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import vellum.core.disk.Disk;

/**
 * A store that is filled once, in key order: rows go into sorted files beside it, of which the
 * store is then made without being written again. Interrupted, it goes on behind the last finished
 * file of each table.
 *
 * <pre>
 *   &lt;directory&gt;/load/records-000001.sst   finished: forced, then named so
 *   &lt;directory&gt;/load/records-000002.tmp   being written; deleted when the load goes on
 *   &lt;directory&gt;/load/link/                names of the files while the store takes them in
 *   &lt;directory&gt;/loaded/                   the same, when the store has them: being deleted
 * </pre>
 *
 * A directory with a store and without {@code load} is finished. Not thread-safe. After a {@link
 * StoreException} it is of no use: close it, and load again.
 */
public final class StoreLoad implements AutoCloseable {

  /** Name of the directory of files that are not yet in the store. */
  static final String DIRECTORY = "load";

  /** Keys and values in a sorted file, before they are compressed: seconds to write again. */
  static final long FILE_BYTES = 1L << 30;

  private static final String DONE = "loaded";

  private final Opening opening;
  private final Disk disk;
  private final Failures failures;
  private final Natives natives = new Natives();
  private final List<SortedFiles> tables = new ArrayList<>();
  private boolean finished;
  private boolean failed;

  private StoreLoad(Opening opening, Disk disk) {
    this.opening = opening;
    this.disk = disk;
    this.failures = new Failures(opening.directory());
  }

  static StoreLoad open(Opening opening, Disk disk, long fileBytes) {
    StoreLoad load = new StoreLoad(opening, disk);
    try {
      load.prepare(fileBytes);
      return load;
    } catch (IOException e) {
      load.close();
      throw new StoreException.Unavailable("loading failed: " + opening.directory(), e);
    } catch (RuntimeException | Error e) {
      load.close();
      throw e;
    }
  }

  private void prepare(long fileBytes) throws IOException {
    Path directory = opening.directory();
    Path load = directory.resolve(DIRECTORY);
    if (!exists(load)) {
      if (exists(directory.resolve(Format.FILE))) {
        disk.deleteTree(directory.resolve(DONE));
        finished = true;
        return;
      }
      checkEmpty(directory);
      Format.create(load, disk);
      disk.forceDirectory(directory);
    }
    clear(directory);
    SortedFiles.Place place =
        new SortedFiles.Place(load, fileBytes, disk, failures, natives.own(new EnvOptions()));
    for (Table table : opening.tables()) {
      tables.add(
          new SortedFiles(
              table, place, opening.tuning().files(table.shape(), opening.options(), natives)));
    }
    for (SortedFiles files : tables) {
      files.recover();
    }
  }

  /** Whether the store is made: then there is nothing to put, and finishing does nothing. */
  public boolean finished() {
    return finished;
  }

  /** The finished files, table by table in the order of the tables, in key order. */
  public List<LoadedFile> files() {
    return tables.stream().flatMap(table -> table.files().stream()).toList();
  }

  /**
   * The key behind which a table goes on: the last one of its last finished file; null at first.
   */
  public byte @Nullable [] lastKey(Table table) {
    List<LoadedFile> files = files(table).files();
    return files.isEmpty() ? null : files.get(files.size() - 1).lastKey();
  }

  /**
   * Adds a row behind those of its table.
   *
   * @throws StoreException.OutOfOrder when its key is not above the one before
   */
  public void put(
      Table table, byte[] key, int keyOffset, int keyLength, byte[] value, int offset, int length) {
    checkOpen();
    Column.checkKey(table, keyLength);
    failed = true;
    files(table).put(key, keyOffset, keyLength, value, offset, length);
    failed = false;
  }

  public void put(Table table, byte[] key, byte[] value) {
    put(table, key, 0, key.length, value, 0, value.length);
  }

  /** Finishes the files at hand: what was put so far survives an interruption. */
  public void cut() {
    checkOpen();
    failed = true;
    tables.forEach(SortedFiles::cut);
    failed = false;
  }

  /** Makes the store of the files. It is durable when this returns, and to be opened as any. */
  public void finish() {
    if (finished) {
      return;
    }
    cut();
    failed = true;
    Path directory = opening.directory();
    Path load = directory.resolve(DIRECTORY);
    try {
      clear(directory);
      Format.write(directory, disk);
      new Ingestion(opening, failures, load.resolve("link")).run(tables);
      disk.forceDirectory(directory);
      Files.move(load, directory.resolve(DONE));
      disk.forceDirectory(directory);
      disk.deleteTree(directory.resolve(DONE));
    } catch (IOException e) {
      throw new StoreException.Unavailable("loading failed: " + directory, e);
    }
    failed = false;
    finished = true;
  }

  /** Drops what is unfinished. */
  @Override
  public void close() {
    tables.forEach(SortedFiles::close);
    natives.close();
    failed = true;
  }

  private SortedFiles files(Table table) {
    for (SortedFiles files : tables) {
      if (files.table().equals(table)) {
        return files;
      }
    }
    throw new IllegalArgumentException("the load was opened without the table " + table.name());
  }

  private void checkOpen() {
    if (finished || failed) {
      throw new StoreException.Closed(
          "load is " + (finished ? "finished: " : "closed, or failed: ") + opening.directory());
    }
  }

  private static void checkEmpty(Path directory) throws IOException {
    if (!exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw new StoreException.WrongFormat("not a store, and not empty: " + directory);
      }
    }
  }

  /** Removes what an interrupted {@link #finish} made: the files are all in the load still. */
  private void clear(Path directory) throws IOException {
    disk.deleteTree(directory.resolve(DIRECTORY).resolve("link"));
    for (Path file : list(directory)) {
      if (!file.getFileName().toString().equals(DIRECTORY)) {
        disk.deleteTree(file);
      }
    }
  }

  static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
