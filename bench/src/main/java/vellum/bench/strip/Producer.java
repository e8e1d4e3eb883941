package vellum.bench.strip;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import vellum.ingest.client.ClientConfig;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.ClientPorts;
import vellum.ingest.client.Outcome;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.RejectionCode;

/**
 * Streams generated records to a node through the real client, as fast as it takes them. Making a
 * record is part of the load. {@link #stream} is for one thread, the rest is thread-safe.
 */
final class Producer implements Outcome {

  private static final int CHECK_EVERY = 1024;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final NodeHere node;
  private final LongSupplier applied;
  private final String name;
  private final long lag;
  private final AtomicLong acked = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile String lastId = "";
  private volatile boolean stopped;

  /**
   * @param applied messages that the node has applied
   * @param name of the stream; two at a time have two names
   * @param lag messages sent and not yet applied at most
   */
  Producer(NodeHere node, LongSupplier applied, String name, long lag) {
    this.node = node;
    this.applied = applied;
    this.name = name;
    this.lag = lag;
  }

  /** What to send: whole records of some time, none of them late. */
  static GeneratorOptions traffic(long seed, long records, Instant from, Instant until) {
    return GeneratorOptions.of(seed, records, from, until).withShares(0, 0, 0);
  }

  /** Sends all, or until stopped, and waits for the acks; returns the messages sent. */
  long stream(GeneratorOptions options) {
    TrafficGenerator traffic = new TrafficGenerator(options);
    long before = applied.getAsLong();
    long sent = 0;
    try (VellumClient client = open()) {
      while (!stopped && traffic.next()) {
        lastId = traffic.record().getRecordId();
        client.send(traffic.record(), this);
        sent++;
        if (sent % CHECK_EVERY == 0) {
          while (!stopped && sent - (applied.getAsLong() - before) > lag) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
          }
        }
      }
      client.flush(PATIENCE);
    }
    if (refused.get() > 0) {
      throw new IllegalStateException(refused.get() + " of " + sent + " messages were not taken");
    }
    return sent;
  }

  private VellumClient open() {
    ClientConfig defaults =
        ClientConfig.of(
            node.endpoint().tcpHost(),
            node.endpoint().tcpPort(),
            "bench",
            name,
            node.clock().millis());
    ClientConfig config =
        defaults
            .over(2, ClientConfig.StreamChoice.ROUND_ROBIN)
            .batching(defaults.lingerMs(), 500, defaults.batchBytes());
    return VellumClient.open(
        config,
        ClientPorts.of(
            node.endpoint()::token, new SecureRandom(), work -> new Thread(work, "client")));
  }

  void stop() {
    stopped = true;
  }

  long acked() {
    return acked.get();
  }

  /** Id of the record that was sent last. */
  String lastId() {
    return lastId;
  }

  @Override
  public void taken(long sequence) {
    acked.incrementAndGet();
  }

  @Override
  public void rejected(long sequence, RejectionCode code, String reason) {
    refused.incrementAndGet();
  }

  @Override
  public void failed(ClientException cause) {
    refused.incrementAndGet();
  }
}
