package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;

/** Records of a query, page by page. For one thread. */
final class RecordPages {

  private static final int PAGE = 1000;

  private final Screen screen;
  private final ServerCalls calls;
  private final long limit;
  private final RecordRows rows;

  /**
   * @param limit most records
   */
  RecordPages(
      Screen screen, ServerCalls calls, OutputFormat format, RecordRows.Kind kind, long limit) {
    this.screen = screen;
    this.calls = calls;
    this.limit = limit;
    this.rows = new RecordRows(screen, format, kind);
  }

  /**
   * Prints those of a query.
   *
   * @param query path and parameters
   * @param summary as {@link PagedRows#end} has it
   */
  void print(String query, @Nullable ObjectNode summary) {
    String cursor = "";
    boolean more;
    do {
      JsonNode answer = page(query, cursor);
      more = answer.hasNonNull("next");
      cursor = "&cursor=" + ServerCalls.encoded(answer.path("next").asText());
    } while (more && rows.rows() < limit);
    end(more, summary);
  }

  private JsonNode page(String query, String cursor) {
    long most = Math.min(PAGE, limit - rows.rows());
    JsonNode answer = calls.get(query + "&limit=" + most + cursor);
    rows.add(answer.path("records"), most);
    return answer;
  }

  private void end(boolean more, @Nullable ObjectNode summary) {
    rows.end(summary);
    rows.tellStripped();
    screen.err().println(rows.count() + (more ? "; there are more" : ""));
  }
}
