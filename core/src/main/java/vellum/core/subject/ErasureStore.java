package vellum.core.subject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.casefile.CaseId;
import vellum.core.record.MonthId;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * How far each erasure is, in the control store: states, counts and names of months. Thread-safe.
 *
 * <pre>
 *   key    the request's id, {@code R-4F7K2Q9M}
 *   value  JSON: format 1, state, position, parts, done, records, suspended, purged_bytes, months
 * </pre>
 */
final class ErasureStore {

  static final Table TABLE = new Table("erasures", 0, Shape.SMALL);

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Store control;

  ErasureStore(Store control) {
    this.control = control;
  }

  Optional<ErasureStatus> find(CaseId id) {
    return Optional.ofNullable(control.get(TABLE, key(id))).map(ErasureStore::decode);
  }

  /** Requests whose erasure has begun and is not done. */
  List<CaseId> underWay() {
    List<CaseId> ids = new ArrayList<>();
    try (Scan scan = control.scan(TABLE, new byte[] {0}, new byte[] {(byte) 0xFF})) {
      while (scan.next()) {
        if (decode(scan.value()).state() != ErasureState.DONE) {
          ids.add(CaseId.parse(new String(scan.key(), StandardCharsets.US_ASCII)));
        }
      }
    }
    return ids;
  }

  void put(CaseId id, ErasureStatus status) {
    StoreBatch batch = control.batch();
    batch.put(TABLE, key(id), encode(status));
    control.write(batch);
  }

  private static byte[] key(CaseId id) {
    return id.text().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] encode(ErasureStatus status) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("state", status.state().name());
    json.put("position", status.position());
    json.put("parts", status.parts());
    json.put("done", status.done());
    json.put("records", status.records());
    json.put("suspended", status.suspended());
    json.put("purged_bytes", status.purgedBytes());
    ObjectNode months = json.putObject("months");
    status.months().forEach((month, digest) -> months.put(month.toString(), digest));
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an erasure's state is JSON", e);
    }
  }

  private static ErasureStatus decode(byte[] value) {
    try {
      JsonNode json = JSON.readTree(value);
      int format = json.path("format").asInt();
      if (format != FORMAT) {
        throw new ErasureException.BrokenLedger(
            "is of a version whose format is " + format + ", this one reads " + FORMAT);
      }
      SortedMap<MonthId, String> months = new TreeMap<>();
      for (Map.Entry<String, JsonNode> month : json.path("months").properties()) {
        months.put(MonthId.parse(month.getKey()), month.getValue().asText());
      }
      return new ErasureStatus(
          ErasureState.valueOf(json.path("state").asText()),
          json.path("position").asLong(),
          json.path("parts").asInt(),
          json.path("done").asInt(),
          json.path("records").asLong(),
          json.path("suspended").asLong(),
          json.path("purged_bytes").asLong(),
          months);
    } catch (IOException | IllegalArgumentException e) {
      throw new ErasureException.BrokenLedger("has a state that cannot be read");
    }
  }
}
