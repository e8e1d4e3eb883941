package vellum.ingest.node;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.journal.Journal;

/**
 * Whether a node takes records, and if not, why. A failure is for good: it stops the reading of
 * connections, and lets who waits for the node's end go on. Thread-safe.
 */
final class Health {

  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final Journal journal;
  private final long throttleBytes;
  private final AtomicReference<NodeException.Stopped> failure = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  Health(Journal journal, long throttleBytes) {
    this.journal = journal;
    this.throttleBytes = throttleBytes;
  }

  /** A part stopped. The first one counts; what follows from it is not told. */
  void failed(String part, Throwable cause) {
    NodeException.Stopped stopped = new NodeException.Stopped(part, Places.say(cause), cause);
    if (failure.compareAndSet(null, stopped)) {
      LOG.error(
          stopped.recoverable()
              ? "{}; no records are taken until a restart"
              : "{}; no records are taken until that is repaired",
          stopped.getMessage());
      ended.countDown();
    }
  }

  /** The node is being closed. */
  void closing() {
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
    return failure.get() != null || journal.unreleasedBytes() > throttleBytes;
  }

  /** Why no records are taken, or empty. */
  String trouble() {
    NodeException.Stopped stopped = failure.get();
    if (stopped != null) {
      return String.valueOf(stopped.getMessage());
    }
    return switch (journal.admission()) {
      case FAILED -> "the journal takes nothing until a restart";
      case DISK_LOW -> "free space is below journal.reserve_bytes";
      case BUSY, TAKEN ->
          isThrottled() ? "journal not yet applied and flushed is above node.throttle_bytes" : "";
    };
  }
}
