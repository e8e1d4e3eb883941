package vellum.ingest.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;

/**
 * The parts that were opened, closed in reverse: each of them, whatever the others do. One that
 * cannot be closed is told in the log here, since who called may have nobody left to tell when the
 * process ends. Not thread-safe.
 */
final class Closers {

  private static final Logger LOG = LoggerFactory.getLogger(Closers.class);

  private final Deque<Part> parts = new ArrayDeque<>();

  private record Part(String name, Closer closer) {}

  /** Closes a part. */
  @FunctionalInterface
  interface Closer {
    void close() throws Exception;
  }

  /** Takes a part over, and returns it. */
  <T extends AutoCloseable> T own(String name, T part) {
    parts.push(new Part(name, part::close));
    return part;
  }

  void then(String name, Closer closer) {
    parts.push(new Part(name, closer));
  }

  /** Closes all behind a failure, which is returned to be thrown. */
  RuntimeException closeAfter(RuntimeException failure) {
    NodeException second = close();
    if (second != null) {
      failure.addSuppressed(second);
    }
    return failure;
  }

  /** Closes all; the first failure, with the others suppressed, or null. */
  NodeException.@Nullable BadStop close() {
    NodeException.BadStop first = null;
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.closer().close();
      } catch (Exception | LinkageError e) {
        NodeException.BadStop failure = new NodeException.BadStop(part.name(), e);
        LOG.error(
            Event.STOP_FAULT.code(),
            "{}; the next start recovers from the journal",
            failure.getMessage());
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    return first;
  }
}
