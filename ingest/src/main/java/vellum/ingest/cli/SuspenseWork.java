package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/**
 * Longer work on suspense: one bounded request after the other, up to the journal position at which
 * it began, with progress. Interrupted, it is begun again: what is done is not there any more. For
 * one thread.
 */
final class SuspenseWork {

  private static final int PAGE = 1000;

  private final Screen screen;
  private final ServerCalls calls;
  private final String path;
  private final String task;

  SuspenseWork(Screen screen, ServerCalls calls, String path, String task) {
    this.screen = screen;
    this.calls = calls;
    this.path = path;
    this.task = task;
  }

  /** Does it for rows by their ids. */
  void ids(List<String> ids, ObjectNode body, Consumer<JsonNode> answers) {
    try (ProgressMeter meter = meter()) {
      for (int from = 0; from < ids.size(); from += PAGE) {
        List<String> some = ids.subList(from, Math.min(ids.size(), from + PAGE));
        ArrayNode array = body.putArray("ids");
        some.forEach(array::add);
        answers.accept(calls.post(path, body));
        meter.at(from + some.size(), ids.size(), from + some.size());
      }
    }
  }

  /** Does it for all rows of a choice. */
  void all(SuspenseChoice choice, ObjectNode body, Consumer<JsonNode> answers) {
    JsonNode totals = calls.get("/v1/suspense/totals" + choice.query());
    long rows = totals.path("rows").asLong();
    body.setAll(choice.body());
    body.put("as_of", totals.path("as_of").asLong());
    long done = 0;
    try (ProgressMeter meter = meter()) {
      boolean more;
      do {
        JsonNode answer = calls.post(path, body);
        answers.accept(answer);
        done += answer.path("rows").asLong();
        meter.at(done, rows, done);
        more = answer.hasNonNull("next");
        body.put("cursor", answer.path("next").asText());
      } while (more);
    }
  }

  private ProgressMeter meter() {
    return new ProgressMeter(screen, task, "records", System::nanoTime);
  }
}
