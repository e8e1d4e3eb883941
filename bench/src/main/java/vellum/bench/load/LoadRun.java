package vellum.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import vellum.ingest.client.ClientConfig;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.ClientPorts;
import vellum.ingest.client.Outcome;
import vellum.ingest.client.VellumClient;
import vellum.v1.RejectionCode;

/**
 * One run: sends all messages of a file through the real client, watching the server each second.
 * The latency of a message runs from the call of send to its ack, so waiting in the client counts.
 */
final class LoadRun {

  private static final int CHECK_EVERY = 1024;
  private static final Duration DEADLINE = Duration.ofMinutes(30);

  private final ServerProcess server;
  private final Sending sending;
  private final AtomicLong acked = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final ConcurrentHistogram latency =
      new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(2), 3);
  private volatile long applied;

  /**
   * How to send.
   *
   * @param maxLag most messages sent and not applied
   * @param rate messages a second at most, 0 for no bound
   */
  record Sending(int streams, int batch, boolean zstd, long maxLag, long rate) {}

  LoadRun(ServerProcess server, Sending sending) {
    this.server = server;
    this.sending = sending;
  }

  LoadReport run(Path traffic, TrafficFile.Content content)
      throws IOException, InterruptedException {
    Timeline timeline = new Timeline(server, acked::get, value -> applied = value);
    Thread watcher = new Thread(timeline, "watch");
    watcher.setDaemon(true);
    Duration serverCpu = server.cpu();
    long clientCpu = cpuNanos();
    long start = System.nanoTime();
    watcher.start();
    long sent;
    try (VellumClient client = open()) {
      sent = send(client, traffic, start);
      client.flush(DEADLINE);
    }
    long ackedAt = System.nanoTime();
    long clientUsed = cpuNanos() - clientCpu;
    JsonNode count = awaitApplied(sent - rejected.get());
    long appliedAt = System.nanoTime();
    timeline.stop();
    watcher.join();
    return new LoadReport(
        content,
        sending,
        new LoadReport.Outcomes(sent, acked.get(), rejected.get(), failed.get(), count),
        new LoadReport.Times(
            ackedAt - start,
            appliedAt - start,
            server.cpu().minus(serverCpu).toNanos(),
            clientUsed),
        latency,
        timeline,
        server.status());
  }

  private VellumClient open() {
    ClientConfig defaults =
        ClientConfig.of(server.host(), server.port(), "bench", "load", System.currentTimeMillis());
    ClientConfig config =
        defaults
            .over(sending.streams(), ClientConfig.StreamChoice.ROUND_ROBIN)
            .batching(defaults.lingerMs(), sending.batch(), defaults.batchBytes())
            .compressing(sending.zstd());
    return VellumClient.open(
        config, ClientPorts.of(server::token, new Random(1), work -> new Thread(work, "client")));
  }

  private long send(VellumClient client, Path traffic, long start) throws IOException {
    long sent = 0;
    try (TrafficFile.Reader reader = new TrafficFile.Reader(traffic)) {
      for (int length = reader.next(); length >= 0; length = reader.next()) {
        client.sendEncoded(reader.bytes(), 0, length, new Timed(System.nanoTime()));
        sent++;
        if (sent % CHECK_EVERY == 0) {
          pace(sent, start);
        }
      }
    }
    return sent;
  }

  private void pace(long sent, long start) {
    while (sent - applied > sending.maxLag()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    if (sending.rate() > 0) {
      long due = start + (long) (sent * 1e9 / sending.rate());
      long early = due - System.nanoTime();
      if (early > 0) {
        LockSupport.parkNanos(early);
      }
    }
  }

  private JsonNode awaitApplied(long messages) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (server.status().at("/apply/messages").asLong() < messages) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the server did not apply everything within " + DEADLINE);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return server.count();
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Counts what becomes of a message and how long that took. */
  private final class Timed implements Outcome {
    private final long sentAt;

    Timed(long sentAt) {
      this.sentAt = sentAt;
    }

    @Override
    public void taken(long sequence) {
      acked.incrementAndGet();
      latency.recordValue(
          Math.min(latency.getHighestTrackableValue(), (System.nanoTime() - sentAt) / 1000));
    }

    @Override
    public void rejected(long sequence, RejectionCode code, String reason) {
      rejected.incrementAndGet();
    }

    @Override
    public void failed(ClientException cause) {
      failed.incrementAndGet();
    }
  }
}
