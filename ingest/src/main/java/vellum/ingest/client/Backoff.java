package vellum.ingest.client;

import java.util.random.RandomGenerator;

/**
 * How long to wait before connecting again: doubles from failure to failure, and a random half of
 * it is left out, so that clients that lost the same server do not return together. For the event
 * loop.
 */
final class Backoff {

  private static final int MAX_DOUBLINGS = 30;

  private final int leastMs;
  private final int mostMs;
  private final RandomGenerator random;
  private int failures;

  Backoff(int leastMs, int mostMs, RandomGenerator random) {
    this.leastMs = leastMs;
    this.mostMs = mostMs;
    this.random = random;
  }

  long nextMs() {
    long wait = Math.min(mostMs, (long) leastMs << Math.min(failures, MAX_DOUBLINGS));
    failures++;
    return wait - random.nextLong(wait / 2 + 1);
  }

  void reset() {
    failures = 0;
  }
}
