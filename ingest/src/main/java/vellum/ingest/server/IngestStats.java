package vellum.ingest.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import vellum.v1.FailureCode;
import vellum.v1.RejectionCode;

/**
 * Counters of the server. Labels are codes of the protocol and nothing else, so their number is
 * bounded. Thread-safe.
 */
final class IngestStats {

  private final AtomicInteger connections = new AtomicInteger();
  private final Counter frames;
  private final Counter records;
  private final Counter bytes;
  private final Counter acks;
  private final Counter gaps;
  private final Counter faults;
  private final Counter unregistered;
  private final Counter handshakes;
  private final Map<FailureCode, Counter> failures = new EnumMap<>(FailureCode.class);
  private final Map<RejectionCode, Counter> rejections = new EnumMap<>(RejectionCode.class);
  private final Map<HoldReason, Counter> holds = new EnumMap<>(HoldReason.class);

  IngestStats(MeterRegistry meters) {
    meters.gauge("vellum.ingest.connections", connections);
    frames = meters.counter("vellum.ingest.frames");
    records = meters.counter("vellum.ingest.records");
    bytes = meters.counter("vellum.ingest.bytes");
    acks = meters.counter("vellum.ingest.acks");
    gaps = meters.counter("vellum.ingest.gaps");
    unregistered = meters.counter("vellum.ingest.unregistered");
    faults = meters.counter("vellum.ingest.faults");
    handshakes = meters.counter("vellum.ingest.tls.failures");
    for (FailureCode code : FailureCode.values()) {
      failures.put(code, meters.counter("vellum.ingest.failures", "code", code.name()));
    }
    for (RejectionCode code : RejectionCode.values()) {
      rejections.put(code, meters.counter("vellum.ingest.rejections", "code", code.name()));
    }
    for (HoldReason reason : HoldReason.values()) {
      holds.put(reason, meters.counter("vellum.ingest.holds", "reason", reason.name()));
    }
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
