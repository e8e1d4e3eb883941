package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
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
   * A page that is asked for.
   *
   * @param limit most records of it
   * @param cursor where the one before ended; empty for the first
   */
  record Page(long limit, String cursor) {}

  /**
   * Prints those of a query.
   *
   * @param query path and parameters
   * @param summary as {@link PagedRows#end} has it
   */
  void print(String query, @Nullable ObjectNode summary) {
    print(
        page -> {
          String cursor =
              page.cursor().isEmpty() ? "" : "&cursor=" + ServerCalls.encoded(page.cursor());
          return calls.get(query + "&limit=" + page.limit() + cursor);
        },
        summary);
  }

  /**
   * Prints those that somebody asks for.
   *
   * @param ask gives the server's answer about a page
   * @param summary as {@link PagedRows#end} has it
   */
  void print(Function<Page, JsonNode> ask, @Nullable ObjectNode summary) {
    String cursor = "";
    boolean more;
    do {
      long most = Math.min(PAGE, limit - rows.rows());
      JsonNode answer = ask.apply(new Page(most, cursor));
      rows.add(answer.path("records"), most);
      more = answer.hasNonNull("next");
      cursor = answer.path("next").asText();
    } while (more && rows.rows() < limit);
    end(more, summary);
  }

  private void end(boolean more, @Nullable ObjectNode summary) {
    rows.end(summary);
    rows.tellStripped();
    screen.err().println(rows.count() + (more ? "; there are more" : ""));
  }
}
