package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Role;
import vellum.core.apply.GapStore;
import vellum.core.journal.StreamGap;
import vellum.core.journal.StreamId;
import vellum.core.journal.StreamProgress;

/**
 * Answers who sends records, how far each stream has come, and which sequences never came. An
 * answer that is not the last has a {@code next}, the cursor of the page behind it. Thread-safe.
 */
final class ProducerRequests {

  private static final Comparator<StreamId> ORDER =
      Comparator.comparing(StreamId::producer)
          .thenComparing(StreamId::instance)
          .thenComparing(StreamId::stream);

  private static final char SEPARATOR = '\n';

  private final ProducerPort port;
  private final Freshness freshness;
  private final int mostMs;

  private ProducerRequests(ProducerPort port, Freshness freshness, int mostMs) {
    this.port = port;
    this.freshness = freshness;
    this.mostMs = mostMs;
  }

  /**
   * Adds the paths.
   *
   * @param mostMs how long to wait for the applier
   */
  static void add(RouteTable routes, ProducerPort port, Freshness freshness, int mostMs) {
    ProducerRequests requests = new ProducerRequests(port, freshness, mostMs);
    Access access = Access.of(Role.OPERATOR, Role.BILLING, Role.AUDITOR);
    routes.get("/v1/producers", access).answers(requests::list);
    routes.get("/v1/producers/gaps", access).answers(requests::gaps);
  }

  private JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    int limit = Query.limit(context);
    StreamId after = streamAfter(context);
    freshness.await();
    List<StreamProgress> behind =
        streams().stream()
            .filter(each -> after == null || ORDER.compare(each.stream(), after) > 0)
            .sorted(Comparator.comparing(StreamProgress::stream, ORDER))
            .limit(limit + 1L)
            .toList();
    Map<StreamId, GapStore.Count> counts = port.gaps().counts();
    ObjectNode answer = Json.object();
    ArrayNode producers = answer.putArray("producers");
    for (StreamProgress each : behind.subList(0, Math.min(limit, behind.size()))) {
      GapStore.Count count = counts.getOrDefault(each.stream(), GapStore.Count.NONE);
      stream(producers.addObject(), each.stream(), each.epoch())
          .put("last_sequence", each.last())
          .put("last_seen", time(each.seenAtMicros()))
          .put("gaps", count.gaps())
          .put("missing", count.missing());
    }
    if (behind.size() > limit) {
      answer.put("next", cursor(behind.get(limit - 1).stream()));
    }
    return answer;
  }

  private JsonNode gaps(ServiceRequestContext context, AggregatedHttpRequest request) {
    String producer = Query.optional(context, "producer");
    long from = micros(context, "from", 0);
    long to = micros(context, "to", Long.MAX_VALUE);
    if (from >= to) {
      throw Problem.bad("BAD_TIME", "from must be before to");
    }
    int limit = Query.limit(context);
    long after = gapAfter(context);
    freshness.await();
    if (producer != null && !isKnown(producer)) {
      throw new Problem(
          HttpStatus.NOT_FOUND,
          "UNKNOWN_PRODUCER",
          "no stream of that producer is known, and no gap in one");
    }
    GapStore.Page page = port.gaps().list(new GapStore.Question(producer, from, to, after), limit);
    ObjectNode answer = Json.object();
    ArrayNode gaps = answer.putArray("gaps");
    page.gaps().forEach(gap -> gap(gaps.addObject(), gap));
    answer.put("dropped", port.gaps().dropped());
    if (page.more()) {
      answer.put("next", Long.toString(page.gaps().get(limit - 1).journalSequence()));
    }
    return answer;
  }

  private static void gap(ObjectNode node, StreamGap gap) {
    stream(node, gap.stream(), gap.epoch())
        .put("first_sequence", gap.first())
        .put("last_sequence", gap.last())
        .put("missing", gap.sequences())
        .put("cause", gap.cause().name().toLowerCase(Locale.ROOT))
        .put("found_at", time(gap.foundAtMicros()))
        .put("journal_sequence", gap.journalSequence());
  }

  private static ObjectNode stream(ObjectNode node, StreamId stream, long epoch) {
    return node.put("producer", stream.producer())
        .put("instance", stream.instance())
        .put("stream", stream.stream())
        .put("epoch", epoch);
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private boolean isKnown(String producer) {
    return port.gaps().has(producer)
        || streams().stream().anyMatch(each -> each.stream().producer().equals(producer));
  }

  private List<StreamProgress> streams() {
    try {
      return port.streams().get().get(mostMs, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Problem(
          HttpStatus.SERVICE_UNAVAILABLE,
          "LAGGING",
          "the applier did not answer within " + mostMs + " ms");
    } catch (ExecutionException | CancellationException e) {
      throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "NOT_READY", "the server ends");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the applier was asked", e);
    }
  }

  private static long micros(ServiceRequestContext context, String name, long absent) {
    return Query.optional(context, name) == null ? absent : Query.micros(context, name);
  }

  private static long gapAfter(ServiceRequestContext context) {
    String cursor = Query.optional(context, "cursor");
    try {
      long after = cursor == null ? 0 : Long.parseLong(cursor);
      if (after >= 0) {
        return after;
      }
    } catch (NumberFormatException e) {
      // Said below, for all ways to be wrong.
    }
    throw badCursor();
  }

  private static Problem badCursor() {
    return Problem.bad("BAD_CURSOR", "cursor must be the next of an earlier answer");
  }

  private static String cursor(StreamId stream) {
    String plain = stream.producer() + SEPARATOR + stream.instance() + SEPARATOR + stream.stream();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable StreamId streamAfter(ServiceRequestContext context) {
    String cursor = Query.optional(context, "cursor");
    if (cursor == null) {
      return null;
    }
    try {
      String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] parts = plain.split(String.valueOf(SEPARATOR), -1);
      if (parts.length == 3) {
        return new StreamId(parts[0], parts[1], Integer.parseInt(parts[2]));
      }
    } catch (IllegalArgumentException e) {
      // Said below, for all ways to be wrong.
    }
    throw badCursor();
  }
}
