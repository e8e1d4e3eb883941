package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.RowMatch;
import vellum.core.period.FoundRecord;
import vellum.core.period.Place;
import vellum.core.period.RecordPage;
import vellum.core.record.Output;

/**
 * Writes records as JSON objects into a buffer: a tree of them, and its text, would take longer
 * than to read and open them. Not thread-safe.
 *
 * <pre>
 *   {"month":"2026-11.default","identities":"masked","record":{...},"matching_legs":[1]}
 * </pre>
 *
 * @param legs which of a record's legs were asked for; null when that does not matter
 */
record RecordObjects(Output out, @Nullable RowMatch legs) {

  private static final int RECORD_BYTES = 1536;
  private static final long MICROS = 1_000_000;

  /**
   * The body of an answer: fields of its own, the records of a page, and the cursor of the next.
   *
   * @param head fields before the records
   */
  static HttpData page(ObjectNode head, RecordPage page, RecordView view, @Nullable RowMatch legs) {
    Place next = page.next();
    Output out = new Output((page.records().size() + 1) * RECORD_BYTES);
    return new RecordObjects(out, legs)
        .whole(head, page.records(), next == null ? "" : Cursor.text(next), view);
  }

  /**
   * The same of records that are no page of a look-up's.
   *
   * @param next the cursor behind them; empty when they are the last
   */
  static HttpData page(
      ObjectNode head, List<FoundRecord> records, String next, RecordView view) {
    Output out = new Output((records.size() + 1) * RECORD_BYTES);
    return new RecordObjects(out, null).whole(head, records, next, view);
  }

  private HttpData whole(
      ObjectNode head, List<FoundRecord> records, String next, RecordView view) {
    byte[] before = Json.write(head);
    out.write(before, 0, before.length - 1);
    RecordView.ascii(out, head.isEmpty() ? "\"records\":[" : ",\"records\":[");
    for (int i = 0; i < records.size(); i++) {
      if (i > 0) {
        out.writeByte(',');
      }
      add(records.get(i), view, "");
    }
    out.writeByte(']');
    next(next);
    out.writeByte('}');
    return HttpData.wrap(out.bytes(), 0, out.size());
  }

  /**
   * Adds a record.
   *
   * @param next a cursor to be put into it, or nothing
   */
  void add(FoundRecord record, RecordView view, String next) {
    view.begin(record, out);
    if (legs != null) {
      long second = Math.floorDiv(record.startedAtMicros(), MICROS);
      List<Integer> numbers = legs.legs(record.row(), second);
      RecordView.ascii(out, ",\"matching_legs\":" + numbers.toString().replace(" ", ""));
    }
    next(next);
    out.writeByte('}');
  }

  private void next(String cursor) {
    if (!cursor.isEmpty()) {
      RecordView.ascii(out, ",\"next\":\"" + cursor + '"');
    }
  }
}
