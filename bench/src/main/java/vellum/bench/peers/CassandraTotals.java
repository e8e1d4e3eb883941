package vellum.bench.peers;

import java.time.YearMonth;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A month's totals as the one who reads Kafka keeps them, for Cassandra can add up exactly only
 * what comes exactly once: sums in memory, written as they are now and then, each with the offsets
 * up to which it counts. So what is read again after a restart is not counted again. A duplicate is
 * known among the last {@value #REMEMBERED} records, an older one is counted twice. Not
 * thread-safe.
 */
final class CassandraTotals {

  static final int REMEMBERED = 100_000;

  private final Map<Key, Cell> cells = new HashMap<>();
  private final Set<Key> changed = new HashSet<>();
  private final Set<UUID> recent =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** What is added up together. */
  record Key(YearMonth month, String account, short channel, String mccMnc, String currency) {}

  /**
   * Sums.
   *
   * @param upto offset of the last record counted, of each partition of Kafka
   */
  record Cell(long records, long units, long saleNanos, Map<Integer, Long> upto) {

    private static final Cell NONE = new Cell(0, 0, 0, Map.of());

    private Cell plus(PeerRecord record, int partition, long offset) {
      Map<Integer, Long> now = new HashMap<>(upto);
      now.put(partition, offset);
      return new Cell(
          records + 1,
          units + record.number(PeerColumn.UNITS),
          saleNanos + record.number(PeerColumn.SALE_NANOS),
          now);
    }
  }

  /** Takes over what was written before. */
  void restore(Key key, Cell cell) {
    cells.put(key, cell);
  }

  void count(PeerRecord record, int partition, long offset) {
    if (!recent.add(new UUID(record.idHigh(), record.idLow()))) {
      return;
    }
    Key key =
        new Key(
            CassandraTables.month(record.number(PeerColumn.STARTED_AT)),
            record.text(PeerColumn.ACCOUNT),
            (short) record.number(PeerColumn.CHANNEL),
            record.text(PeerColumn.MCC_MNC),
            record.text(PeerColumn.CURRENCY));
    Cell cell = cells.getOrDefault(key, Cell.NONE);
    if (offset > cell.upto.getOrDefault(partition, -1L)) {
      cells.put(key, cell.plus(record, partition, offset));
      changed.add(key);
    }
  }

  /** Cells that changed since this was last called. */
  Map<Key, Cell> changes() {
    Map<Key, Cell> now = new HashMap<>();
    changed.forEach(key -> now.put(key, cells.getOrDefault(key, Cell.NONE)));
    changed.clear();
    return now;
  }
}
