package vellum.core.audit;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a check found, the first of each entry, at most {@link #MOST}. A signed root that differs is
 * news only where no entry in its reach was found changed. Not thread-safe.
 */
final class Findings {

  static final int MOST = 100;

  private final TreeMap<Long, Finding> byEntry = new TreeMap<>();
  private @Nullable Finding fork;
  private long forkEnd;

  void add(Finding.Kind kind, long entry, String text) {
    if (byEntry.size() < MOST) {
      byEntry.putIfAbsent(entry, new Finding(kind, entry, text));
    }
  }

  void fork(long first, long last, String text) {
    fork = new Finding(Finding.Kind.FORKED, first, text);
    forkEnd = last;
  }

  boolean hasForks() {
    return fork != null;
  }

  /** Keeps a fork only where nothing else explains it. */
  void settleForks() {
    Finding one = fork;
    if (one != null && byEntry.headMap(forkEnd, true).isEmpty()) {
      byEntry.put(one.entry(), one);
    }
  }

  List<Finding> all() {
    return List.copyOf(byEntry.values());
  }
}
