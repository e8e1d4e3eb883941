package vellum.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;
import vellum.ingest.client.ClientConfig;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.ClientPorts;
import vellum.ingest.client.Outcome;
import vellum.ingest.client.VellumClient;
import vellum.v1.RejectionCode;

/**
 * Sends traffic through the real client and counts what becomes of it. One thread sends; the counts
 * may be read from any.
 *
 * <p>The latency of a message runs to its ack from the moment at which it was to be sent: by the
 * rate, if there is one, so that a message that had to wait behind a stall counts its wait
 * (coordinated omission); else from the call that sends it.
 */
final class Sender {

  private static final int GROUP = 32;
  private static final long NANOS_OF_SECOND = 1_000_000_000;
  private static final int CLOSE_MS = 1_000;
  private static final Duration DEADLINE = Duration.ofMinutes(30);

  private final ServerProcess server;
  private final Sending sending;
  private final LongSupplier applied;
  private final AtomicLong acked = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final ConcurrentHistogram latency = histogram();
  private final ConcurrentHistogram warmLatency = histogram();
  private volatile long warmAt = Long.MAX_VALUE;
  private volatile boolean stopped;
  private volatile @Nullable VellumClient client;

  /**
   * How to send.
   *
   * @param maxLag most messages sent and not applied
   * @param rate messages a second, 0 for as many as possible
   * @param coldSeconds after which the server is taken for warm; 0 for always
   */
  record Sending(int streams, int batch, boolean zstd, long maxLag, long rate, int coldSeconds) {

    /** The same at another rate. */
    Sending at(long otherRate) {
      return new Sending(streams, batch, zstd, maxLag, otherRate, coldSeconds);
    }

    /** The same to a server that is warm so many seconds behind the first message. */
    Sending coldFor(int seconds) {
      return new Sending(streams, batch, zstd, maxLag, rate, seconds);
    }
  }

  /**
   * @param applied messages of this sender that the server has applied so far
   */
  Sender(ServerProcess server, Sending sending, LongSupplier applied) {
    this.server = server;
    this.sending = sending;
    this.applied = applied;
  }

  private static ConcurrentHistogram histogram() {
    return new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(2), 3);
  }

  /** Sends until the traffic or the patience ends, waits for all acks; returns how many it sent. */
  long send(Traffic traffic) throws IOException {
    long sent = 0;
    try (VellumClient open = open()) {
      client = open;
      long start = System.nanoTime();
      warmAt = start + TimeUnit.SECONDS.toNanos(sending.coldSeconds);
      int length = traffic.next();
      while (length >= 0 && !stopped) {
        if (sent % GROUP == 0) {
          pace(sent, start);
        }
        long due = Math.min(System.nanoTime(), due(sent, start));
        open.sendEncoded(traffic.bytes(), 0, length, new Timed(due));
        sent++;
        length = traffic.next();
      }
      open.flush(DEADLINE);
    }
    latency.add(warmLatency);
    return sent;
  }

  /** Ends the sending soon; what was sent is still answered. */
  void stop() {
    stopped = true;
  }

  /** Ends the sending, for a server that is gone: nothing more is answered. */
  void abandon() {
    stopped = true;
    VellumClient open = client;
    if (open != null) {
      open.close();
    }
  }

  private VellumClient open() {
    ClientConfig defaults =
        ClientConfig.of(server.host(), server.port(), "bench", "load", System.currentTimeMillis());
    ClientConfig config =
        defaults
            .over(sending.streams, ClientConfig.StreamChoice.ROUND_ROBIN)
            .batching(defaults.lingerMs(), sending.batch, defaults.batchBytes())
            .compressing(sending.zstd)
            .waiting(defaults.maxUnanswered(), defaults.sendTimeoutMs(), CLOSE_MS);
    return VellumClient.open(
        config, ClientPorts.of(server::token, new Random(1), work -> new Thread(work, "client")));
  }

  private long due(long number, long start) {
    return sending.rate == 0
        ? Long.MAX_VALUE
        : start + (long) (number * (double) NANOS_OF_SECOND / sending.rate);
  }

  private void pace(long sent, long start) {
    while (!stopped && sent - applied.getAsLong() > sending.maxLag) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    long early = due(sent, start) - System.nanoTime();
    if (sending.rate > 0 && early > 0) {
      LockSupport.parkNanos(early);
    }
  }

  long acked() {
    return acked.get();
  }

  long rejected() {
    return rejected.get();
  }

  long failed() {
    return failed.get();
  }

  /** In microseconds; of all when the sending has ended. */
  ConcurrentHistogram latency() {
    return latency;
  }

  /** The same of messages that were due when the server was warm. */
  ConcurrentHistogram warmLatency() {
    return warmLatency;
  }

  /** Counts what becomes of a message and how long that took. */
  private final class Timed implements Outcome {
    private final long dueAt;

    Timed(long dueAt) {
      this.dueAt = dueAt;
    }

    @Override
    public void taken(long sequence) {
      acked.incrementAndGet();
      long micros =
          Math.min(latency.getHighestTrackableValue(), (System.nanoTime() - dueAt) / 1000);
      (dueAt < warmAt ? latency : warmLatency).recordValue(micros);
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
