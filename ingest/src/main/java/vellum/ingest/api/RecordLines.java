package vellum.ingest.api;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.RowMatch;
import vellum.core.period.FoundRecord;
import vellum.core.record.Output;

/** Writes pages of records as lines. For one answer. */
interface RecordLines {

  /** What stands before all lines; may be empty. */
  byte[] head();

  /**
   * The lines of a page.
   *
   * @param view for this page
   * @param next the cursor behind the page, with its last line; empty for the last page
   */
  byte[] page(List<FoundRecord> records, RecordView view, String next);

  /**
   * Lines of a form.
   *
   * @param legs which of a record's legs are asked for; null when that does not matter
   */
  static RecordLines of(Wanted wanted, @Nullable RowMatch legs) {
    return wanted == Wanted.CSV ? new RecordCsv(legs) : new Ndjson(legs);
  }

  /** One JSON object a line, as they stand in a page's {@code records}. */
  final class Ndjson implements RecordLines {

    private final Output out = new Output(1 << 16);
    private final RecordObjects objects;

    Ndjson(@Nullable RowMatch legs) {
      this.objects = new RecordObjects(out, legs);
    }

    @Override
    public byte[] head() {
      return new byte[0];
    }

    @Override
    public byte[] page(List<FoundRecord> records, RecordView view, String next) {
      out.clear();
      for (int i = 0; i < records.size(); i++) {
        objects.add(records.get(i), view, i == records.size() - 1 ? next : "");
        out.writeByte('\n');
      }
      return Arrays.copyOf(out.bytes(), out.size());
    }
  }
}
