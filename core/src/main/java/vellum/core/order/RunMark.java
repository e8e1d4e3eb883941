package vellum.core.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseException;

/**
 * Up to where a run has come, durably, sealed with its case: from here it goes on after a crash.
 *
 * @param cursor of the search behind the last record that the package's state has; null to begin
 * @param records up to it
 * @param done part of the search, 0 to 1
 * @param state of the package
 */
record RunMark(@Nullable String cursor, long records, double done, byte[] state) {

  /** Name of the attachment that holds it. */
  static final String NAME = "run";

  static final RunMark BEGIN = new RunMark(null, 0, 0, new byte[0]);

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  byte[] write() {
    ObjectNode json =
        JSON.createObjectNode()
            .put("format", FORMAT)
            .put("records", records)
            .put("done", done)
            .put("state", Base64.getEncoder().encodeToString(state));
    if (cursor != null) {
      json.put("cursor", cursor);
    }
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  static RunMark read(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      int format = json.path("format").asInt();
      if (format > FORMAT) {
        throw new CaseException.TooNew("the state of a run", format, FORMAT);
      }
      return new RunMark(
          json.has("cursor") ? json.path("cursor").asText() : null,
          json.path("records").asLong(),
          json.path("done").asDouble(),
          Base64.getDecoder().decode(json.path("state").asText()));
    } catch (IOException | IllegalArgumentException e) {
      throw new CaseException.Corrupt("the state of a run is not what was written", e);
    }
  }
}
