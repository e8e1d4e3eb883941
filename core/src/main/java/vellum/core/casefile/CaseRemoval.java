package vellum.core.casefile;

import java.util.ArrayList;
import java.util.List;
import vellum.core.store.KeyRange;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/** The end of the rows of cases whose keys are destroyed. For one thread at a time. */
final class CaseRemoval {

  private final Store control;

  CaseRemoval(Store control) {
    this.control = control;
  }

  /** Removes all rows of cases, and takes their bytes out of the files. */
  void remove(List<String> codes) {
    for (Table table : List.of(CaseRows.CASES, CaseRows.ATTACHMENTS, CaseRows.INDEX)) {
      List<KeyRange> gone = new ArrayList<>();
      for (String code : codes) {
        List<byte[]> keys = keys(table, code);
        StoreBatch batch = control.batch();
        keys.forEach(key -> batch.delete(table, key));
        control.write(batch);
        if (!keys.isEmpty()) {
          gone.add(new KeyRange(keys.get(0), keys.get(keys.size() - 1)));
        }
      }
      if (!gone.isEmpty()) {
        control.purge(table, gone);
      }
    }
  }

  private List<byte[]> keys(Table table, String code) {
    List<byte[]> keys = new ArrayList<>();
    try (Scan scan = control.scan(table, CaseRows.key(code), CaseRows.behind(code))) {
      while (scan.next()) {
        keys.add(scan.key());
      }
    }
    return keys;
  }
}
