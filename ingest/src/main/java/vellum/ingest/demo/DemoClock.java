package vellum.ingest.demo;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that starts near the samples' times and goes on with real time, so that the demo shows
 * the same in any year. Thread-safe.
 */
final class DemoClock implements InstantSource {

  /** After the samples' last record. */
  static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  private final InstantSource real;
  private final Instant realStart;

  DemoClock(InstantSource real) {
    this.real = real;
    this.realStart = real.instant();
  }

  @Override
  public Instant instant() {
    return START.plus(java.time.Duration.between(realStart, real.instant()));
  }
}
