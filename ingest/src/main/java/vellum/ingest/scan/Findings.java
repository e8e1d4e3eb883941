package vellum.ingest.scan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a scan found, and what it could not look at. Filled by one thread, then read. */
public final class Findings {

  /** Most hits that are listed; all are counted. */
  public static final int MOST_LISTED = 10_000;

  /**
   * Most windows of hits by chance that are remembered of a form; further hits count as different.
   */
  private static final int MOST_WINDOWS = 1 << 20;

  private final Chance chance;
  private final List<Hit> hits = new ArrayList<>();
  private final Map<ByteForm, Long> counts = new EnumMap<>(ByteForm.class);
  private final Map<ByteForm, Long> different = new EnumMap<>(ByteForm.class);
  private final Map<ByteForm, Set<Long>> windows = new EnumMap<>(ByteForm.class);
  private final List<Unread> unread = new ArrayList<>();
  private long files;
  private long bytes;
  private long stores;
  private long rows;

  /**
   * A value that was found.
   *
   * @param file by its path within the directory
   * @param table of a store whose directory is {@code file}, or empty
   * @param offset in bytes; in a table the row's number, from 0 in order of keys
   * @param line of the value in its file
   */
  public record Hit(String file, String table, long offset, ByteForm form, int line) {}

  /** A file or store that could not be searched. */
  public record Unread(String file, String why) {}

  Findings(Chance chance) {
    this.chance = chance;
  }

  /**
   * @param window of its place, see {@link Window}
   */
  void add(Hit hit, long window) {
    counts.merge(hit.form(), 1L, Long::sum);
    if (hit.form().byChance() && isNew(hit, window)) {
      different.merge(hit.form(), 1L, Long::sum);
    }
    if (hits.size() < MOST_LISTED) {
      hits.add(hit);
    }
  }

  private boolean isNew(Hit hit, long window) {
    Set<Long> known = windows.computeIfAbsent(hit.form(), form -> new HashSet<>());
    long key = Window.with(window, hit.line());
    return known.size() < MOST_WINDOWS ? known.add(key) : !known.contains(key);
  }

  void searchedFile(long size) {
    files++;
    bytes += size;
  }

  void searchedStore(RowSearch.Searched searched) {
    stores++;
    rows += searched.rows();
  }

  void unread(String file, String why) {
    unread.add(new Unread(file, why));
  }

  /** The first {@link #MOST_LISTED} hits, file by file. */
  public List<Hit> hits() {
    return List.copyOf(hits);
  }

  /** Hits of a form. */
  public long count(ByteForm form) {
    return counts.getOrDefault(form, 0L);
  }

  /** Hits of all forms. */
  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Hits of the form that are no copies of each other: of one value among the same bytes (4 before
   * it to 12 behind its beginning) one counts. All hits of a form that does not stand by chance.
   */
  public long different(ByteForm form) {
    return form.byChance() ? different.getOrDefault(form, 0L) : count(form);
  }

  /** Hits of the form that chance alone gives on average, among them those in copies. */
  public double expected(ByteForm form) {
    return form.byChance() ? chance.expected(form) : 0;
  }

  /**
   * Whether more different hits were found of the form than chance explains, with odds of a hundred
   * million to one.
   */
  public boolean isFound(ByteForm form) {
    return different(form) > (form.byChance() ? Chance.bound(chance.expected(form)) : 0);
  }

  /** Whether anything was found that chance does not explain. */
  public boolean isFound() {
    return counts.keySet().stream().anyMatch(this::isFound);
  }

  /** What could not be searched. */
  public List<Unread> unread() {
    return List.copyOf(unread);
  }

  public long files() {
    return files;
  }

  /** Bytes of files, holes included. */
  public long bytes() {
    return bytes;
  }

  /** Stores whose rows were searched. */
  public long stores() {
    return stores;
  }

  public long rows() {
    return rows;
  }
}
