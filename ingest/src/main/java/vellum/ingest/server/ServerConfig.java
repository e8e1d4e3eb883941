package vellum.ingest.server;

import vellum.core.record.Bound;

/**
 * Settings of the streaming server; {@link #defaults} has a value for each.
 *
 * @param host address to listen at; default 127.0.0.1
 * @param port 0 to 65535, 0 takes a free one; default 7400
 * @param loops event loops, and so threads, 0 to 256; default 0, one for each processor
 * @param maxFrameBytes longest frame, and largest batch once decompressed, 64 KiB to 4 MiB; default
 *     1 MiB
 * @param maxBatchRecords most records of a batch, 1 to 65,536; default 4,096
 * @param maxInFlight batches of a connection that wait for their answer, 1 to 1,024; default 32
 * @param maxConnections 1 to 65,536; default 4,096
 * @param handshakeMs until a whole Hello must be there, 10 to 60,000; default 5,000
 * @param frameMs until a frame that was begun must be whole, 10 to 600,000; default 15,000
 * @param idleMs without a frame while nothing waits for an answer, 100 to 3,600,000; default 60,000
 * @param slowReaderMs how long a client may leave its answers unread, 10 to 600,000; default 10,000
 * @param drainMs at the end of the server, until what was taken must be answered, 0 to 600,000;
 *     default 5,000
 * @param retryAfterMs what clients that are turned away are told, 1 to 600,000; default 1,000
 * @param receiveBytes most bytes of one read, 4 KiB to 1 MiB; default 256 KiB
 * @param sendLowBytes unsent answers below which a connection is read again, at least 1 KiB;
 *     default 32 KiB
 * @param sendHighBytes unsent answers above which it is not, more than sendLowBytes, at most 1 MiB;
 *     default 64 KiB
 */
public record ServerConfig(
    String host,
    int port,
    int loops,
    int maxFrameBytes,
    int maxBatchRecords,
    int maxInFlight,
    int maxConnections,
    int handshakeMs,
    int frameMs,
    int idleMs,
    int slowReaderMs,
    int drainMs,
    int retryAfterMs,
    int receiveBytes,
    int sendLowBytes,
    int sendHighBytes) {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
  private static final int TEN_MINUTES_MS = 600_000;
  private static final int MANY = 65_536;

  public ServerConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must be an address such as 127.0.0.1: (empty)");
    }
    Bound.check("port", port, 0, MANY - 1);
    Bound.check("loops", loops, 0, 256);
    Bound.check("maxFrameBytes", maxFrameBytes, 64 * KIB, 4 * MIB);
    Bound.check("maxBatchRecords", maxBatchRecords, 1, MANY);
    Bound.check("maxInFlight", maxInFlight, 1, KIB);
    Bound.check("maxConnections", maxConnections, 1, MANY);
    Bound.check("handshakeMs", handshakeMs, 10, 60_000);
    Bound.check("frameMs", frameMs, 10, TEN_MINUTES_MS);
    Bound.check("idleMs", idleMs, 100, 3_600_000);
    Bound.check("slowReaderMs", slowReaderMs, 10, TEN_MINUTES_MS);
    Bound.check("drainMs", drainMs, 0, TEN_MINUTES_MS);
    Bound.check("retryAfterMs", retryAfterMs, 1, TEN_MINUTES_MS);
    Bound.check("receiveBytes", receiveBytes, 4 * KIB, MIB);
    Bound.check("sendLowBytes", sendLowBytes, KIB, MIB);
    Bound.check("sendHighBytes", sendHighBytes, sendLowBytes + 1, MIB);
  }

  /** The defaults. */
  public static ServerConfig defaults() {
    return new ServerConfig(
        "127.0.0.1",
        7400,
        0,
        MIB,
        4_096,
        32,
        4_096,
        5_000,
        15_000,
        60_000,
        10_000,
        5_000,
        1_000,
        256 * KIB,
        32 * KIB,
        64 * KIB);
  }

  /** The same, listening elsewhere. */
  public ServerConfig at(String newHost, int newPort) {
    return new ServerConfig(
        newHost,
        newPort,
        loops,
        maxFrameBytes,
        maxBatchRecords,
        maxInFlight,
        maxConnections,
        handshakeMs,
        frameMs,
        idleMs,
        slowReaderMs,
        drainMs,
        retryAfterMs,
        receiveBytes,
        sendLowBytes,
        sendHighBytes);
  }
}
