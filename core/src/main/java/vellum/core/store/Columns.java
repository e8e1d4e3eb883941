package vellum.core.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;

/** The open tables of one store, found by their definition. Immutable. */
final class Columns {

  private final Column[] columns;

  /** Pairs tables with their handles, which come in the same order. */
  Columns(List<Table> tables, List<ColumnFamilyHandle> handles) {
    List<Column> paired = new ArrayList<>(tables.size());
    for (int i = 0; i < tables.size(); i++) {
      ColumnFamilyHandle handle = handles.get(i);
      paired.add(new Column(tables.get(i), handle.getID(), handle));
    }
    this.columns = paired.toArray(new Column[0]);
  }

  List<Column> all() {
    return Arrays.asList(columns);
  }

  /** The column of a table. Compared one by one: there are few, and a put must not hash a name. */
  Column of(Table table) {
    for (Column column : columns) {
      if (column.table().equals(table)) {
        return column;
      }
    }
    throw new IllegalArgumentException("the store was opened without the table " + table.name());
  }
}
