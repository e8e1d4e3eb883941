package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import vellum.ingest.endpoint.ServerCalls;

/** The demo's questions to the server. For one thread. */
final class DemoLookups {

  private static final int PAGE = 100;
  private static final int MOST_ROWS = 1000;

  private final ServerCalls calls;

  DemoLookups(ServerCalls calls) {
    this.calls = calls;
  }

  JsonNode counts() {
    return calls.get("/v1/records/count");
  }

  /** Ids of all records of an account and time, page by page, and how many pages there were. */
  Ids ofAccount(String account, Instant from, Instant to) {
    Set<String> ids = new HashSet<>();
    String query =
        "/v1/records?account="
            + ServerCalls.encoded(account)
            + "&from="
            + from
            + "&to="
            + to
            + "&limit="
            + PAGE;
    int pages = 0;
    String cursor = "";
    do {
      JsonNode page = calls.get(query + cursor);
      pages++;
      ids.addAll(ids(page));
      cursor =
          page.hasNonNull("next")
              ? "&cursor=" + ServerCalls.encoded(page.path("next").asText())
              : "";
    } while (!cursor.isEmpty());
    return new Ids(ids, pages);
  }

  /** Ids, and the pages they came in. */
  record Ids(Set<String> ids, int pages) {}

  JsonNode find(String spelling, String region, boolean reveal) {
    return calls.post(
        "/v1/subjects/find",
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", spelling)
            .put("region", region)
            .put("reveal", reveal)
            .put("reason", "demo")
            .put("limit", MOST_ROWS));
  }

  /** Record ids of an answer's records. */
  static Set<String> ids(JsonNode answer) {
    Set<String> ids = new HashSet<>();
    for (JsonNode row : answer.path("records")) {
      JsonNode record = row.path("record");
      ids.add(record.path("record_id").asText(record.path("recordId").asText()));
    }
    return ids;
  }
}
