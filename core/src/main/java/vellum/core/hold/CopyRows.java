package vellum.core.hold;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import vellum.core.record.MonthId;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * How far every month is copied for every hold, in the control store and in memory. Changed by one
 * thread, read by any.
 */
final class CopyRows {

  /** {@code vault month} → {@link CopyRow}; {@code vault} alone once its months are planned. */
  static final Table TABLE = new Table("hold-jobs", 0, Shape.SMALL);

  private static final String PLANNED = "planned";

  private final Store control;
  private final Map<String, CopyRow> rows = new ConcurrentHashMap<>();
  private final Set<MonthId> planned = ConcurrentHashMap.newKeySet();

  CopyRows(Store control) {
    this.control = control;
    try (Scan scan = control.scan(TABLE, new byte[] {0}, new byte[] {(byte) 0xFF})) {
      while (scan.next()) {
        String[] name = new String(scan.key(), StandardCharsets.US_ASCII).split(" ", -1);
        MonthId vault = MonthId.parse(name[0]);
        if (name.length == 1) {
          planned.add(vault);
        } else {
          String text = new String(scan.value(), StandardCharsets.US_ASCII);
          CopyRow row = CopyRow.parse(vault, MonthId.parse(name[1]), text);
          rows.put(row.name(), row);
        }
      }
    }
  }

  /** Notes, once, which months a hold is to have copied. */
  void plan(MonthId vault, Collection<MonthId> months) {
    if (planned.contains(vault)) {
      return;
    }
    StoreBatch batch = control.batch();
    batch.put(TABLE, bytes(vault.toString()), bytes(PLANNED));
    List<CopyRow> all = months.stream().map(month -> CopyRow.planned(vault, month)).toList();
    all.forEach(row -> batch.put(TABLE, bytes(row.name()), bytes(row.text())));
    control.write(batch);
    all.forEach(row -> rows.put(row.name(), row));
    planned.add(vault);
  }

  /** Whether it is noted which months a hold is to have copied. */
  boolean isPlanned(MonthId vault) {
    return planned.contains(vault);
  }

  void put(CopyRow row) {
    StoreBatch batch = control.batch();
    batch.put(TABLE, bytes(row.name()), bytes(row.text()));
    control.write(batch);
    rows.put(row.name(), row);
  }

  void remove(CopyRow row) {
    StoreBatch batch = control.batch();
    batch.delete(TABLE, bytes(row.name()));
    control.write(batch);
    rows.remove(row.name());
  }

  /** Forgets a hold. */
  void forget(MonthId vault) {
    of(vault).forEach(this::remove);
    if (planned.contains(vault)) {
      StoreBatch batch = control.batch();
      batch.delete(TABLE, bytes(vault.toString()));
      control.write(batch);
      planned.remove(vault);
    }
  }

  @Nullable CopyRow find(MonthId vault, MonthId month) {
    return rows.get(vault + " " + month);
  }

  /** Rows of a hold, by month. */
  List<CopyRow> of(MonthId vault) {
    return rows.values().stream()
        .filter(row -> row.vault().equals(vault))
        .sorted((one, other) -> one.month().compareTo(other.month()))
        .toList();
  }

  Collection<CopyRow> all() {
    return rows.values();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
