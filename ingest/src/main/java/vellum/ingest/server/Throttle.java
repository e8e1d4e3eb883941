package vellum.ingest.server;

/**
 * Port: whether something behind the journal, such as the applier, lags too far for more to be
 * taken. Thread-safe and fast: asked for each batch, and every few milliseconds while it is
 * engaged.
 */
@FunctionalInterface
public interface Throttle {

  /** Whether connections are not to be read now. */
  boolean isEngaged();
}
