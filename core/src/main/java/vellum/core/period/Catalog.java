package vellum.core.period;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.record.MonthId;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * The list of months in the control store: what it does not name does not exist, whatever lies on
 * the disk. Thread-safe.
 */
public final class Catalog {

  /** Name of a month → its state and when it was made ({@code LIVE 2026-11-21T22:10:00Z}). */
  public static final Table TABLE = new Table("catalog", 0, Shape.SMALL);

  private static final String LIVE = "LIVE";

  private final Store control;
  private final SortedMap<MonthId, Instant> live = new TreeMap<>();

  public Catalog(Store control) {
    this.control = control;
    try (Scan scan = control.scan(TABLE, new byte[] {0}, new byte[] {(byte) 0xFF})) {
      while (scan.next()) {
        MonthId month = MonthId.parse(new String(scan.key(), StandardCharsets.US_ASCII));
        live.put(month, madeAt(month, new String(scan.value(), StandardCharsets.US_ASCII)));
      }
    }
  }

  private static Instant madeAt(MonthId month, String entry) {
    if (!entry.startsWith(LIVE + " ")) {
      throw new IllegalStateException(
          "catalog has a state of " + month + " that this version does not know");
    }
    return Instant.parse(entry.substring(LIVE.length() + 1));
  }

  /** The live months. */
  public synchronized SortedMap<MonthId, Instant> live() {
    return new TreeMap<>(live);
  }

  public synchronized boolean isLive(MonthId month) {
    return live.containsKey(month);
  }

  /** Names a month, durably, before its directory is made. */
  public synchronized void add(MonthId month, Instant now) {
    if (live.containsKey(month)) {
      return;
    }
    StoreBatch batch = control.batch();
    batch.put(
        TABLE,
        month.toString().getBytes(StandardCharsets.US_ASCII),
        (LIVE + " " + now).getBytes(StandardCharsets.US_ASCII));
    control.write(batch);
    live.put(month, now);
  }
}
