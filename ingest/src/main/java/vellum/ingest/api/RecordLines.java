package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.RowMatch;
import vellum.core.period.FoundRecord;

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
  record Ndjson(@Nullable RowMatch legs) implements RecordLines {

    @Override
    public byte[] head() {
      return new byte[0];
    }

    @Override
    public byte[] page(List<FoundRecord> records, RecordView view, String next) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = 0; i < records.size(); i++) {
        FoundRecord record = records.get(i);
        ObjectNode node = view.of(record);
        if (legs != null) {
          RecordRequests.addLegs(node.putArray("matching_legs"), record, legs);
        }
        if (i == records.size() - 1 && !next.isEmpty()) {
          node.put("next", next);
        }
        out.writeBytes(Json.write(node));
        out.writeBytes("\n".getBytes(StandardCharsets.US_ASCII));
      }
      return out.toByteArray();
    }
  }
}
