package vellum.ingest.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.store.StoreException;

/**
 * A search of a directory for a set of values: of every byte of its files as they lie there, and of
 * the rows of its stores, when nobody has them open. Links are not followed. Not thread-safe.
 */
public final class DirectoryScan {

  /** Locks: opened and closed, they would be dropped by the process that holds them. */
  private static final Set<String> LOCKS = Set.of("lock", "LOCK");

  private static final String FORMAT = "FORMAT";
  private static final String CURRENT = "CURRENT";

  private final ValueSet values;

  public DirectoryScan(ValueSet values) {
    this.values = values;
  }

  /** Hears how far the scan is. */
  @FunctionalInterface
  public interface Progress {

    /**
     * @param done of {@code total}, in bytes of files; those of stores count twice when rows are
     *     searched
     */
    void at(long done, long total);
  }

  /** A file and how long it was when it was listed. */
  private record Listed(Path file, long size) {}

  /** Searches a file, or all files under a directory as they lie there. */
  public Findings ofFiles(Path root, Progress progress) throws IOException {
    return scan(root, null, progress);
  }

  /**
   * Searches all files under a directory and the rows of the stores there, which nobody must have
   * open.
   *
   * @param scratch an empty directory elsewhere, for what the engine notes when it opens a store
   */
  public Findings ofFilesAndRows(Path root, Path scratch, Progress progress) throws IOException {
    return scan(root, scratch, progress);
  }

  private Findings scan(Path root, @Nullable Path scratch, Progress progress) throws IOException {
    List<Listed> files = files(root);
    List<Path> stores = scratch == null ? List.of() : stores(files);
    long total = files.stream().mapToLong(Listed::size).sum();
    for (Path store : stores) {
      total += size(files, store);
    }
    Work work = new Work(root, total, progress);
    for (Listed file : files) {
      work.file(file);
    }
    for (Path store : stores) {
      work.store(store, scratch == null ? store : scratch, size(files, store));
    }
    return work.findings;
  }

  private static List<Listed> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !LOCKS.contains(String.valueOf(file.getFileName())))
          .sorted(Comparator.naturalOrder())
          .map(file -> new Listed(file, file.toFile().length()))
          .toList();
    }
  }

  private static List<Path> stores(List<Listed> files) {
    return files.stream()
        .map(Listed::file)
        .filter(file -> String.valueOf(file.getFileName()).equals(FORMAT))
        .map(file -> file.resolveSibling(""))
        .filter(directory -> Files.exists(directory.resolve(CURRENT)))
        .toList();
  }

  private static long size(List<Listed> files, Path directory) {
    return files.stream()
        .filter(file -> file.file().startsWith(directory))
        .mapToLong(Listed::size)
        .sum();
  }

  /** One scan. */
  private final class Work {
    private final Path root;
    private final long total;
    private final Progress progress;
    private final Findings findings;
    private final StreamSearch streams;
    private final RowSearch rows;
    private long done;

    Work(Path root, long total, Progress progress) {
      this.root = root;
      this.total = total;
      this.progress = progress;
      Chance chance = new Chance(values.digits());
      this.findings = new Findings(chance);
      ByteSearch search = new ByteSearch(values, chance, StreamSearch.MOST_BYTES);
      this.streams = new StreamSearch(search);
      this.rows = new RowSearch(search, streams);
    }

    void file(Listed listed) {
      String name = name(listed.file());
      long before = done;
      try (InputStream in = Files.newInputStream(listed.file())) {
        findings.searchedFile(
            streams.search(
                in,
                (form, at, line, window) ->
                    findings.add(new Findings.Hit(name, "", at, form, line), window),
                this::read));
      } catch (NoSuchFileException e) {
        // A running server deletes what it does not need: nothing is left to be found.
      } catch (IOException e) {
        findings.unread(name, "cannot be read: " + e.getClass().getSimpleName());
      }
      done = before + listed.size();
    }

    private void read(long more) {
      done = Math.min(total, done + more);
      progress.at(done, total);
    }

    void store(Path directory, Path scratch, long size) {
      String name = name(directory);
      try {
        findings.searchedStore(
            rows.search(
                directory,
                scratch,
                (form, table, row, line, window) ->
                    findings.add(new Findings.Hit(name, table, row, form, line), window)));
      } catch (StoreException e) {
        findings.unread(name, "its rows cannot be read: " + e.getClass().getSimpleName());
      }
      read(size);
    }

    private String name(Path file) {
      Path relative = root.relativize(file);
      return relative.toString().isEmpty() ? String.valueOf(file.getFileName()) : relative + "";
    }
  }
}
