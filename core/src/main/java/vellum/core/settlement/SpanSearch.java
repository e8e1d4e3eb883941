package vellum.core.settlement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vellum.core.billing.Cube;
import vellum.core.billing.RowCells;
import vellum.core.store.Row;

/**
 * The search for the first and the last record of some bills of one period and cube, all in one
 * pass: forward from the first day that has something, then back from the last, each only until
 * every bill has its record. For one thread.
 */
final class SpanSearch {

  private final PeriodRows rows;
  private final byte cube;
  private final Map<ByteBuffer, BillSpan> spans = new HashMap<>();
  private final RowCells cells = new RowCells();
  private final List<BillSpan> touched = new ArrayList<>();

  SpanSearch(PeriodRows rows, Cube cube) {
    this.rows = rows;
    this.cube = (byte) cube.id();
  }

  void find(Collection<BillSpan> some) {
    List<BillSpan> wanted = some.stream().filter(BillSpan::begin).toList();
    wanted.forEach(span -> spans.put(ByteBuffer.wrap(bytes(span)), span));
    List<BillSpan> open = new ArrayList<>(wanted);
    for (int at = 0; !open.isEmpty(); at++) {
      at = Math.max(at, open.stream().mapToInt(BillSpan::firstBucket).min().getAsInt());
      rows.read(at, this::take);
      int bucket = at;
      open.removeIf(span -> span.hasFirst(bucket));
    }
    open.addAll(wanted);
    for (int at = Integer.MAX_VALUE; !open.isEmpty(); at--) {
      at = Math.min(at, open.stream().mapToInt(BillSpan::lastBucket).max().getAsInt());
      rows.read(at, this::take);
      int bucket = at;
      open.removeIf(span -> span.hasLast(bucket));
    }
  }

  private static byte[] bytes(BillSpan span) {
    return span.party().id().getBytes(StandardCharsets.UTF_8);
  }

  private void take(Row row, long second) {
    cells.read(row.value(), 0, row.valueLength(), second);
    byte[] keys = cells.keys();
    for (int i = 0; i < cells.size(); i++) {
      int offset = cells.keyOffset(i);
      if (keys[offset] == cube) {
        BillSpan span = spans.get(ByteBuffer.wrap(keys, offset + 2, keys[offset + 1] & 0xFF));
        if (span != null) {
          span.cell(keys, offset);
          touched.add(span);
        }
      }
    }
    touched.forEach(span -> span.end(row, second));
    touched.clear();
  }
}
