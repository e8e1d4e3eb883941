package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.YearMonth;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import vellum.ingest.endpoint.EndpointException;
import vellum.ingest.endpoint.ServerCalls;

/** The questions of {@link LifeDemo} to its server. For one thread. */
final class LifeCalls {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int MOST_ROWS = 1000;
  private static final int NOT_FOUND = 404;

  private final ServerCalls calls;

  LifeCalls(ServerCalls calls) {
    this.calls = calls;
  }

  ServerCalls server() {
    return calls;
  }

  /** Polls until something holds, for a minute at most; whether it did. */
  static boolean await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  long count() {
    return calls.get("/v1/records/count").path("records").asLong();
  }

  /** A record by its id, with its identities in clear where they can be read. */
  JsonNode record(String id) {
    return calls.get("/v1/records/" + id + "?reveal=true&reason=demo").path("records").path(0);
  }

  /** {@code clear} or {@code absent}; empty when there is no such record. */
  String identities(String id) {
    try {
      return record(id).path("identities").asText();
    } catch (EndpointException.Problem e) {
      if (e.status() == NOT_FOUND) {
        return "";
      }
      throw e;
    }
  }

  long found(LifeTraffic traffic) {
    return find(traffic).path("records").size();
  }

  /** Records of a month among those found by the watched number. */
  long foundIn(LifeTraffic traffic, YearMonth month) {
    long found = 0;
    for (JsonNode row : find(traffic).path("records")) {
      found += row.path("month").asText().startsWith(month + ".") ? 1 : 0;
    }
    return found;
  }

  private JsonNode find(LifeTraffic traffic) {
    return calls.post(
        "/v1/subjects/find",
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", "+" + traffic.watchedNumber())
            .put("reveal", false)
            .put("limit", MOST_ROWS));
  }

  /** How far a period is in its life; empty when it is not named. */
  String stage(String name) {
    for (JsonNode period : calls.get("/v1/retention/status").path("periods")) {
      if (period.path("period").asText().equals(name)) {
        return period.path("stage").asText();
      }
    }
    return "";
  }

  boolean isArchived(YearMonth month) {
    return stage(month + ".default").equals("ARCHIVED");
  }

  JsonNode clock() {
    return calls.get("/v1/retention/clock");
  }

  JsonNode certificate(String period) {
    return calls.get("/v1/retention/certificates/" + period);
  }

  boolean hasCertificate(String period) {
    for (JsonNode one : calls.get("/v1/retention/certificates").path("certificates")) {
      if (one.path("period").asText().equals(period)) {
        return true;
      }
    }
    return false;
  }

  String signer() {
    return calls.get("/v1/retention/signer").path("pem").asText();
  }
}
