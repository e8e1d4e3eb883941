package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;

/** A person's request on the screen. Stateless. */
final class RequestView {

  static final String PATH = "/v1/requests";

  private RequestView() {}

  static String path(String id) {
    return PATH + "/" + ServerCalls.encoded(id);
  }

  /** Prints one, and says on the other stream what is to be done next. */
  static void print(Screen screen, OutputFormat format, JsonNode request) {
    new JsonRows(screen, format).document(request);
    String id = request.path("id").asText();
    String next =
        switch (request.path("state").asText()) {
          case "open" -> "next: vellum request decide " + id + " --grant --reason TEXT";
          case "decided" -> "next: vellum request answer " + id;
          case "done" -> "next: vellum request close " + id + " --reason TEXT";
          default -> "";
        };
    screen
        .err()
        .println(
            id
                + " is "
                + request.path("state").asText()
                + ", due "
                + request.path("due").asText()
                + (request.path("extended").asBoolean()
                    ? " (extended; first " + request.path("first_due").asText() + ")"
                    : " (may be extended to " + request.path("extended_due").asText() + ")")
                + (request.path("overdue").asBoolean() ? ", OVERDUE" : "")
                + (next.isEmpty() ? "" : "; " + next));
  }
}
