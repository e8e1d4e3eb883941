package vellum.ingest.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import vellum.ingest.endpoint.EndpointException;
import vellum.ingest.endpoint.ServerCalls;

/**
 * The wait until a server takes records: asks {@code /readyz} again and again, also while nobody
 * answers there, as when a sealed server becomes an open one. Not thread-safe.
 */
final class ReadyWait {

  private static final String PATH = "/readyz";
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final ServerCalls calls;
  private final LongSupplier nanos;
  private final LongConsumer pause;

  /**
   * @param pause waits so many nanoseconds
   */
  ReadyWait(ServerCalls calls, LongSupplier nanos, LongConsumer pause) {
    this.calls = calls;
    this.nanos = nanos;
    this.pause = pause;
  }

  /**
   * Waits.
   *
   * @param most how long; asked is once at least
   * @return empty once the server is ready; why it was not at the end of that time
   */
  Optional<String> await(Duration most) {
    long begin = nanos.getAsLong();
    while (true) {
      Optional<String> reason = reason();
      if (reason.isEmpty() || nanos.getAsLong() - begin >= most.toNanos()) {
        return reason;
      }
      pause.accept(PAUSE_NANOS);
    }
  }

  private Optional<String> reason() {
    try {
      calls.get(PATH);
      return Optional.empty();
    } catch (EndpointException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
