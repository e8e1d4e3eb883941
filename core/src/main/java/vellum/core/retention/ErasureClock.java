package vellum.core.retention;

import java.time.Instant;
import java.util.Optional;

/** Port: the only clock by which anything is erased. Thread-safe. */
public interface ErasureClock {

  /** Looks at the clocks; called often. */
  void tick();

  /** The time by which may be erased; nothing while the clocks are not trusted. */
  Optional<Instant> erasureNow();

  /** What it says of itself, for people. */
  String state();
}
