package vellum.ingest.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.journal.Journal;
import vellum.core.log.Event;
import vellum.ingest.api.Reason;

/**
 * Whether a node takes records, and if not, why. A failure is for good: it stops the reading of
 * connections, and lets who waits for the node's end go on. Thread-safe.
 */
final class Health {

  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final Journal journal;
  private final LongSupplier throttleBytes;
  private final AtomicReference<NodeException.Stopped> failure = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Phase phase = Phase.STARTING;

  /** Of the thread that calls {@link #look}. */
  private boolean isDiskLow;

  private enum Phase {
    STARTING,
    RUNNING,
    STOPPING
  }

  /**
   * @param throttleBytes of journal not yet applied and flushed; asked each time
   */
  Health(Journal journal, LongSupplier throttleBytes) {
    this.journal = journal;
    this.throttleBytes = throttleBytes;
  }

  /** Everything is open. */
  void started() {
    phase = Phase.RUNNING;
  }

  /** A part stopped. The first one counts; what follows from it is not told. */
  void failed(String part, Throwable cause) {
    NodeException.Stopped stopped = new NodeException.Stopped(part, Places.say(cause), cause);
    if (failure.compareAndSet(null, stopped)) {
      LOG.error(
          Event.PART_STOPPED.code(),
          stopped.recoverable()
              ? "{}; no records are taken until a restart"
              : "{}; no records are taken until that is repaired",
          stopped.getMessage());
      ended.countDown();
    }
  }

  /** The node is being closed. */
  void closing() {
    phase = Phase.STOPPING;
    ended.countDown();
  }

  Optional<NodeException> failure() {
    return Optional.ofNullable(failure.get());
  }

  Optional<NodeException> awaitEnd() throws InterruptedException {
    ended.await();
    return failure();
  }

  /** Whether connections are not to be read. */
  boolean isThrottled() {
    return failure.get() != null || isBehind();
  }

  private boolean isBehind() {
    return journal.unreleasedBytes() > throttleBytes.getAsLong();
  }

  /**
   * Says in the log that the disk is low, and that it is not any more; between two looks nothing is
   * said. For one thread.
   */
  void look() {
    Journal.Admission now = journal.admission();
    if (!isDiskLow && now == Journal.Admission.DISK_LOW) {
      isDiskLow = true;
      LOG.error(
          Event.DISK_LOW.code(),
          "free space is below journal.reserve_bytes: no records are taken until there is more");
    } else if (isDiskLow && (now == Journal.Admission.TAKEN || now == Journal.Admission.BUSY)) {
      isDiskLow = false;
      LOG.info(Event.DISK_RESUMED.code(), "there is space again: records are taken");
    }
  }

  /** Why no records are taken; empty when they are. */
  List<Reason> reasons() {
    List<Reason> reasons = new ArrayList<>();
    switch (phase) {
      case STARTING -> reasons.add(new Reason(Reason.Code.STARTING, "the node is starting"));
      case STOPPING -> reasons.add(new Reason(Reason.Code.STOPPING, "the node is stopping"));
      case RUNNING -> {}
    }
    NodeException.Stopped stopped = failure.get();
    if (stopped != null) {
      reasons.add(new Reason(Reason.Code.PART_STOPPED, String.valueOf(stopped.getMessage())));
    }
    switch (journal.admission()) {
      case FAILED ->
          reasons.add(
              new Reason(Reason.Code.JOURNAL_FAILED, "the journal takes nothing until a restart"));
      case DISK_LOW ->
          reasons.add(
              new Reason(Reason.Code.DISK_LOW, "free space is below journal.reserve_bytes"));
      case BUSY, TAKEN -> {}
    }
    if (isBehind()) {
      reasons.add(
          new Reason(
              Reason.Code.THROTTLED,
              "journal not yet applied and flushed is above node.throttle_bytes"));
    }
    return reasons;
  }

  /** Why no records are taken, in one line, or empty. */
  String trouble() {
    return reasons().stream().map(Reason::text).collect(Collectors.joining("; "));
  }
}
