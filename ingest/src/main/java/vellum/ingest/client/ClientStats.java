package vellum.ingest.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;

/** Metrics of a client, without labels. Thread-safe. */
final class ClientStats {

  private static final Logger LOG = LoggerFactory.getLogger(ClientStats.class);

  private final AtomicInteger unanswered = new AtomicInteger();
  private final Counter taken;
  private final Counter rejected;
  private final Counter batches;
  private final Counter resent;
  private final Counter bytes;
  private final Counter connections;
  private final Counter callbackFaults;
  private final Timer answerTime;

  ClientStats(MeterRegistry meters) {
    meters.gauge("vellum.client.unanswered.batches", unanswered);
    taken = meters.counter("vellum.client.records.taken");
    rejected = meters.counter("vellum.client.records.rejected");
    batches = meters.counter("vellum.client.batches");
    resent = meters.counter("vellum.client.batches.resent");
    bytes = meters.counter("vellum.client.bytes");
    connections = meters.counter("vellum.client.connections");
    callbackFaults = meters.counter("vellum.client.callback.faults");
    answerTime = meters.timer("vellum.client.answer.time");
  }

  void batchFull() {
    unanswered.incrementAndGet();
  }

  void sent(int length, boolean again) {
    batches.increment();
    bytes.increment(length);
    if (again) {
      resent.increment();
    }
  }

  void answered(long nanos) {
    unanswered.decrementAndGet();
    answerTime.record(nanos, TimeUnit.NANOSECONDS);
  }

  void taken(int records) {
    taken.increment(records);
  }

  void rejected(int records) {
    rejected.increment(records);
  }

  void connected() {
    connections.increment();
  }

  /** Runs a caller's callback; what it throws must not harm the others' answers. */
  void guard(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException e) {
      callbackThrew(e);
    }
  }

  /** A caller's callback threw, which must not harm the others' answers. */
  void callbackThrew(RuntimeException e) {
    callbackFaults.increment();
    LOG.warn(
        Event.CLIENT_CALLBACK_FAULT.code(),
        "an outcome's callback threw {}",
        e.getClass().getName());
  }
}
