package vellum.ingest.server;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import vellum.v1.FailureCode;
import vellum.v1.RejectionCode;

/**
 * Counters of the server. Labels are codes of the protocol and nothing else, so their number is
 * bounded. Thread-safe.
 */
final class IngestStats {

  private static final String PREFIX = "vellum.ingest.";

  private static final Duration[] ACK_BOUNDS =
      IntStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Clock clock;
  private final AtomicInteger connections = new AtomicInteger();
  private final Counter frames;
  private final Counter records;
  private final Counter bytes;
  private final Counter acks;
  private final Counter gaps;
  private final Counter faults;
  private final Timer ackTime;
  private final Counter unregistered;
  private final Counter handshakes;
  private final Map<FailureCode, Counter> failures = new EnumMap<>(FailureCode.class);
  private final Map<RejectionCode, Counter> rejections = new EnumMap<>(RejectionCode.class);
  private final Map<HoldReason, Counter> holds = new EnumMap<>(HoldReason.class);

  IngestStats(MeterRegistry meters) {
    this.clock = meters.config().clock();
    Gauge.builder("vellum.ingest.connections", connections, AtomicInteger::get)
        .description("Connections of producers")
        .register(meters);
    frames = counter(meters, "frames", "Frames received");
    records = counter(meters, "records", "Records and events received");
    bytes = counter(meters, "bytes", "Bytes of frames received");
    acks = counter(meters, "acks", "Acknowledgements sent; one covers many batches");
    gaps = counter(meters, "gaps", "Batches and goodbyes that left out sequences");
    unregistered =
        counter(meters, "unregistered", "Records taken of accounts that are not registered");
    faults = counter(meters, "faults", "Faults of the server that closed a connection");
    handshakes = counter(meters, "tls.failures", "Handshakes of TLS that failed");
    ackTime =
        Timer.builder(PREFIX + "ack")
            .description("Time from a batch's arrival to its acknowledgement")
            .serviceLevelObjectives(ACK_BOUNDS)
            .register(meters);
    for (FailureCode code : FailureCode.values()) {
      failures.put(code, coded(meters, "failures", "Connections ended by the server", code));
    }
    for (RejectionCode code : RejectionCode.values()) {
      rejections.put(code, coded(meters, "rejections", "Records rejected", code));
    }
    for (HoldReason reason : HoldReason.values()) {
      holds.put(
          reason,
          Counter.builder(PREFIX + "holds")
              .description("Times that a connection was not read for a while")
              .tags("reason", reason.name())
              .register(meters));
    }
  }

  private static Counter counter(MeterRegistry meters, String name, String help) {
    return Counter.builder(PREFIX + name).description(help).register(meters);
  }

  private static Counter coded(MeterRegistry meters, String name, String help, Enum<?> code) {
    return Counter.builder(PREFIX + name)
        .description(help)
        .tags("code", code.name())
        .register(meters);
  }

  /** A connection came; how many there are with it. */
  int connected() {
    return connections.incrementAndGet();
  }

  void disconnected() {
    connections.decrementAndGet();
  }

  void frame(int length) {
    frames.increment();
    bytes.increment(length);
  }

  void batch(int count) {
    records.increment(count);
  }

  /** Records that were taken though the registry does not know their account. */
  void unregistered(int count) {
    unregistered.increment(count);
  }

  void ack() {
    acks.increment();
  }

  /** The time from which {@link #answered} counts. */
  long nanos() {
    return clock.monotonicTime();
  }

  /** A batch that came then is answered. */
  void answered(long sinceNanos) {
    ackTime.record(nanos() - sinceNanos, TimeUnit.NANOSECONDS);
  }

  /** Sequences were left out by a client. */
  void gap() {
    gaps.increment();
  }

  /** Something threw that should not. */
  void fault() {
    faults.increment();
  }

  /** A TLS handshake failed, or a connection broke its rules. */
  void tlsFailure() {
    handshakes.increment();
  }

  void failure(FailureCode code) {
    increment(failures.get(code));
  }

  void rejection(RejectionCode code) {
    increment(rejections.get(code));
  }

  void held(HoldReason reason) {
    increment(holds.get(reason));
  }

  private static void increment(@org.jspecify.annotations.Nullable Counter counter) {
    if (counter != null) {
      counter.increment();
    }
  }
}
