package vellum.ingest.api;

import vellum.core.record.Bound;

/**
 * Settings of the HTTP server.
 *
 * @param host address to listen at; 127.0.0.1. Which addresses may be open, the node decides
 * @param port 0 to 65535, 0 takes a free one; 7480
 * @param workers threads that answer requests, 1 to 64; 4
 * @param maxConnections 1 to 65,536; 256
 * @param maxBodyBytes longest body of a request, 1 KiB to 256 MiB; 64 MiB
 * @param lagMs how long a look-up waits for what was acknowledged before it, 0 to 600,000; 30,000
 * @param requestMs until a request must be answered, 1,000 to 3,600,000, more than lagMs; 60,000
 */
public record ApiConfig(
    String host,
    int port,
    int workers,
    int maxConnections,
    int maxBodyBytes,
    int lagMs,
    int requestMs) {

  private static final int KIB = 1024;

  public ApiConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must be an address such as 127.0.0.1: (empty)");
    }
    Bound.check("port", port, 0, 65_535);
    Bound.check("workers", workers, 1, 64);
    Bound.check("maxConnections", maxConnections, 1, 65_536);
    Bound.check("maxBodyBytes", maxBodyBytes, KIB, 256 * KIB * KIB);
    Bound.check("lagMs", lagMs, 0, 600_000);
    Bound.check("requestMs", requestMs, Math.max(1_000, lagMs + 1), 3_600_000);
  }

  /** The defaults. */
  public static ApiConfig defaults() {
    return new ApiConfig("127.0.0.1", 7480, 4, 256, 64 * KIB * KIB, 30_000, 60_000);
  }

  /** The same, listening at another port. */
  public ApiConfig at(int newPort) {
    return new ApiConfig(host, newPort, workers, maxConnections, maxBodyBytes, lagMs, requestMs);
  }
}
