package vellum.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vellum.bench.load.ServerProcess;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.ServerCalls;

/**
 * Vellum: a server of its own with a clock that is moved, the Java client, and the HTTP API. All
 * settings are the defaults: acks come from the disk, identities are sealed.
 */
final class VellumPeer implements Peer {

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration BEFORE = Duration.ofSeconds(5);
  private static final int POLL_MS = 5;

  /** Stages of a period whose identities can be read. */
  private static final Set<String> WITH_KEY = Set.of("LIVE", "COPYING_HOLDS", "SEALING_STOPPED");

  private final PeerPlace place;
  private Instant clock = Slice.NOW;
  private long clockSetNanos = System.nanoTime();
  private @Nullable Running running;

  /** A server, and how it is asked. */
  private record Running(
      ServerProcess server, PeerProcess process, Endpoint endpoint, ServerCalls calls) {}

  VellumPeer(PeerPlace place) {
    this.place = place;
  }

  @Override
  public List<String> lacks() {
    return List.of();
  }

  @Override
  public List<Path> logs() {
    return List.of(data().resolve("journal"));
  }

  private Path data() {
    return place.data();
  }

  @Override
  public void start() throws IOException, InterruptedException {
    // The clock goes on over a restart.
    Instant now = clock.plusNanos(System.nanoTime() - clockSetNanos);
    Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwx------"));
    ServerProcess server = ServerProcess.startAt(now, data(), List.of());
    PeerProcess process = PeerProcess.watched(server.process(), place.log("server"));
    Endpoint endpoint = Endpoint.of(data());
    running = new Running(server, process, endpoint, new ServerCalls(endpoint));
  }

  @Override
  public void stop() throws InterruptedException {
    running().process.stop();
    running = null;
  }

  @Override
  public void kill() {
    running().process.kill();
    running = null;
  }

  @Override
  public void close() {
    if (running != null) {
      kill();
    }
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("the server does not run");
    }
    return running;
  }

  @Override
  public Sender sender(int producer, Acks acks) {
    return new VellumSender(running().endpoint, producer, acks);
  }

  @Override
  public void settle() throws InterruptedException {
    await(
        () -> {
          JsonNode status = running().calls.get("/v1/status");
          return status.at("/apply/sequence").asLong() >= status.at("/journal/forced").asLong();
        });
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("the server is not ready after " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  @Override
  public int list(String account, long fromMicros, long toMicros, int limit) {
    return running()
        .calls
        .get(
            "/v1/records?account="
                + ServerCalls.encoded(account)
                + times(fromMicros, toMicros)
                + "&limit="
                + limit)
        .path("records")
        .size();
  }

  private static String times(long fromMicros, long toMicros) {
    return "&from=" + instant(fromMicros) + "&to=" + instant(toMicros);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(micros));
  }

  @Override
  public int find(String number, int limit) {
    return running()
        .calls
        .post(
            "/v1/subjects/find",
            JsonNodeFactory.instance
                .objectNode()
                .put("subject", number)
                .put("reveal", true)
                .put("reason", "bench")
                .put("limit", limit))
        .path("records")
        .size();
  }

  @Override
  public Totals totals(YearMonth month) throws IOException {
    TotalsAnswer answer = new TotalsAnswer();
    running()
        .calls
        .download(
            "/v1/billing/totals?from="
                + month.atDay(1)
                + "&to="
                + month.plusMonths(1).atDay(1)
                + "&by=account,channel,currency",
            answer::read);
    return answer.totals();
  }

  @Override
  public Stripped strip(YearMonth month) throws IOException, InterruptedException {
    String period = month + ".default";
    // Moved to some seconds before, which then go by: a server that runs knows when a month is due.
    clock = Slice.DEADLINE.minus(BEFORE);
    running().server.moveTo(clock);
    clockSetNanos = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(BEFORE.toMillis());
    long start = System.nanoTime();
    await(() -> !WITH_KEY.contains(stage(period)));
    long gone = System.nanoTime();
    await(() -> stage(period).equals("ARCHIVED"));
    return new Stripped(gone - start, System.nanoTime() - start);
  }

  private String stage(String name) {
    for (JsonNode period : running().calls.get("/v1/retention/status").path("periods")) {
      if (period.path("period").asText().equals(name)) {
        return period.path("stage").asText();
      }
    }
    return "";
  }

  @Override
  public void ids(long fromMicros, long toMicros, Consumer<String> sink) {
    // Without an account, by way of the totals that records count in.
    String query = "/v1/records?cube=sale" + times(fromMicros, toMicros) + "&limit=1000";
    String cursor = "";
    do {
      JsonNode page = running().calls.get(query + cursor);
      for (JsonNode row : page.path("records")) {
        JsonNode record = row.path("record");
        sink.accept(record.path("record_id").asText(record.path("recordId").asText()));
      }
      cursor =
          page.hasNonNull("next")
              ? "&cursor=" + ServerCalls.encoded(page.path("next").asText())
              : "";
    } while (!cursor.isEmpty());
  }
}
