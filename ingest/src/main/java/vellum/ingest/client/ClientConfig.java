package vellum.ingest.client;

import java.util.Objects;
import vellum.core.record.Bound;

/**
 * Settings of a client; {@link #of} has a default for each but the first four.
 *
 * @param host of the server
 * @param port of the server
 * @param producer name of the sending system, as its token knows it, 1 to 64 bytes
 * @param instance name of this process among the producer's, never used by two at once, 1 to 64
 *     bytes
 * @param epoch at least 1, higher than in an earlier life of this instance
 * @param streams parallel connections, 1 to 256; default 1
 * @param choice which stream a record takes; default ROUND_ROBIN
 * @param compress whether to ask for Zstandard; default false
 * @param lingerMs how long a record waits for its batch to fill, 0 to 60,000; default 5
 * @param batchRecords most records of a batch, 1 to 65,536; default 500
 * @param batchBytes most bytes of a batch's records, 1 KiB to 3 MiB; default 512 KiB. What is
 *     beyond a server's limits goes in several batches
 * @param maxUnanswered batches of a stream that are full and not yet answered, sent or not, 1 to
 *     4,096; default 64
 * @param sendTimeoutMs how long send waits for room, 0 (refuses at once) to 3,600,000; default
 *     30,000
 * @param connectMs until a connection is there, and until it is welcomed, 10 to 600,000; default
 *     10,000
 * @param backoffLeastMs first wait before connecting again, 1 to backoffMostMs; default 50
 * @param backoffMostMs longest wait, at most 600,000; default 10,000
 * @param closeMs how long close waits for answers, 0 to 3,600,000; default 30,000
 */
public record ClientConfig(
    String host,
    int port,
    String producer,
    String instance,
    long epoch,
    int streams,
    StreamChoice choice,
    boolean compress,
    int lingerMs,
    int batchRecords,
    int batchBytes,
    int maxUnanswered,
    int sendTimeoutMs,
    int connectMs,
    int backoffLeastMs,
    int backoffMostMs,
    int closeMs) {

  private static final int KIB = 1024;
  private static final int TEN_MINUTES_MS = 600_000;
  private static final int HOUR_MS = 3_600_000;

  /** Which stream a record takes. Records of one stream keep their order. */
  public enum StreamChoice {
    /** The next one. */
    ROUND_ROBIN,
    /** Always the same one for the same thread. */
    CALLER_THREAD
  }

  public ClientConfig {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(producer, "producer");
    Objects.requireNonNull(instance, "instance");
    Bound.check("port", port, 1, 65_535);
    Bound.check("streams", streams, 1, 256);
    Bound.check("lingerMs", lingerMs, 0, 60_000);
    Bound.check("batchRecords", batchRecords, 1, 65_536);
    Bound.check("batchBytes", batchBytes, KIB, 3 * KIB * KIB);
    Bound.check("maxUnanswered", maxUnanswered, 1, 4_096);
    Bound.check("sendTimeoutMs", sendTimeoutMs, 0, HOUR_MS);
    Bound.check("connectMs", connectMs, 10, TEN_MINUTES_MS);
    Bound.check("backoffMostMs", backoffMostMs, 1, TEN_MINUTES_MS);
    Bound.check("backoffLeastMs", backoffLeastMs, 1, backoffMostMs);
    Bound.check("closeMs", closeMs, 0, HOUR_MS);
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch must be at least 1: " + epoch);
    }
  }

  /** The defaults. The epoch is to grow from life to life: milliseconds of the clock will do. */
  public static ClientConfig of(
      String host, int port, String producer, String instance, long epoch) {
    return new ClientConfig(
        host,
        port,
        producer,
        instance,
        epoch,
        1,
        StreamChoice.ROUND_ROBIN,
        false,
        5,
        500,
        512 * KIB,
        64,
        30_000,
        10_000,
        50,
        10_000,
        30_000);
  }

  /** The same over so many streams. */
  public ClientConfig over(int newStreams, StreamChoice newChoice) {
    return new ClientConfig(
        host,
        port,
        producer,
        instance,
        epoch,
        newStreams,
        newChoice,
        compress,
        lingerMs,
        batchRecords,
        batchBytes,
        maxUnanswered,
        sendTimeoutMs,
        connectMs,
        backoffLeastMs,
        backoffMostMs,
        closeMs);
  }

  /** The same with batches of this size. */
  public ClientConfig batching(int newLingerMs, int newBatchRecords, int newBatchBytes) {
    return new ClientConfig(
        host,
        port,
        producer,
        instance,
        epoch,
        streams,
        choice,
        compress,
        newLingerMs,
        newBatchRecords,
        newBatchBytes,
        maxUnanswered,
        sendTimeoutMs,
        connectMs,
        backoffLeastMs,
        backoffMostMs,
        closeMs);
  }

  /** The same, waiting so long. */
  public ClientConfig waiting(int newMaxUnanswered, int newSendTimeoutMs, int newCloseMs) {
    return new ClientConfig(
        host,
        port,
        producer,
        instance,
        epoch,
        streams,
        choice,
        compress,
        lingerMs,
        batchRecords,
        batchBytes,
        newMaxUnanswered,
        newSendTimeoutMs,
        connectMs,
        backoffLeastMs,
        backoffMostMs,
        newCloseMs);
  }

  /** The same, connecting so. */
  public ClientConfig connecting(int newConnectMs, int newLeastMs, int newMostMs) {
    return new ClientConfig(
        host,
        port,
        producer,
        instance,
        epoch,
        streams,
        choice,
        compress,
        lingerMs,
        batchRecords,
        batchBytes,
        maxUnanswered,
        sendTimeoutMs,
        newConnectMs,
        newLeastMs,
        newMostMs,
        closeMs);
  }

  /** The same with or without compression. */
  public ClientConfig compressing(boolean newCompress) {
    return new ClientConfig(
        host,
        port,
        producer,
        instance,
        epoch,
        streams,
        choice,
        newCompress,
        lingerMs,
        batchRecords,
        batchBytes,
        maxUnanswered,
        sendTimeoutMs,
        connectMs,
        backoffLeastMs,
        backoffMostMs,
        closeMs);
  }
}
