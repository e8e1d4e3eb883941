package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;

/** Records of a query, page by page. For one thread. */
final class RecordPages {

  private static final int PAGE = 1000;

  private final Screen screen;
  private final OutputFormat format;

  RecordPages(Screen screen, OutputFormat format) {
    this.screen = screen;
    this.format = format;
  }

  /**
   * Prints them.
   *
   * @param query path and parameters
   * @param limit most of them
   */
  void print(ServerCalls calls, String query, long limit) {
    RecordRows rows = new RecordRows(screen, format);
    String cursor = "";
    boolean more;
    do {
      long left = limit - rows.rows();
      JsonNode answer = calls.get(query + "&limit=" + Math.min(PAGE, left) + cursor);
      rows.add(answer.path("records"), left);
      more = answer.hasNonNull("next");
      cursor = "&cursor=" + ServerCalls.encoded(answer.path("next").asText());
    } while (more && rows.rows() < limit);
    rows.end();
    rows.tellStripped();
    screen.err().println(Figures.count(rows.rows(), "record") + (more ? "; there are more" : ""));
  }
}
