package vellum.ingest.metrics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import vellum.core.period.Month;
import vellum.core.period.Stage;
import vellum.core.store.Store;
import vellum.core.store.StoreException;
import vellum.core.store.StoreStats;

/**
 * Sums over the stores that are open.
 *
 * @param open how many
 * @param writeStopped how many of them wait for compaction
 */
record StoreFigures(
    int open,
    long fileBytes,
    long memoryBytes,
    long pendingCompactionBytes,
    long backgroundErrors,
    int writeStopped) {

  static final StoreFigures NONE = new StoreFigures(0, 0, 0, 0, 0, 0);

  /** Which stores are summed. */
  enum Kind {
    CONTROL,
    LIVE,
    ARCHIVE
  }

  /** Asks every open store; one that is closed meanwhile is left out. */
  static Map<Kind, StoreFigures> of(Store control, List<Month> months) {
    Map<Kind, StoreFigures> all = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      all.put(kind, NONE);
    }
    all.put(Kind.CONTROL, NONE.plus(control.stats()));
    for (Month month : months) {
      Kind kind = month.owner() == Stage.Owner.ARCHIVE ? Kind.ARCHIVE : Kind.LIVE;
      try {
        StoreStats stats = month.stats();
        all.computeIfPresent(kind, (same, figures) -> figures.plus(stats));
      } catch (StoreException.Closed meanwhile) {
        // Nothing of it is open any more.
      }
    }
    return all;
  }

  private StoreFigures plus(StoreStats stats) {
    return new StoreFigures(
        open + 1,
        fileBytes + stats.liveFileBytes(),
        memoryBytes + stats.memtableBytes(),
        pendingCompactionBytes + stats.pendingCompactionBytes(),
        backgroundErrors + stats.backgroundErrors(),
        writeStopped + (stats.writeStopped() ? 1 : 0));
  }
}
