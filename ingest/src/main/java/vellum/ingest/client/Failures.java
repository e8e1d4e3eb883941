package vellum.ingest.client;

import org.jspecify.annotations.Nullable;
import vellum.ingest.protocol.BatchFrame;
import vellum.v1.Failure;
import vellum.v1.Limits;

/** Which failures end a client, and which only its connection. Stateless. */
final class Failures {

  private Failures() {}

  /** What ends the client, or null when it is worth connecting again. */
  static @Nullable ClientException ending(Failure failure) {
    String reason = failure.getReason();
    return switch (failure.getCode()) {
      case BAD_TOKEN -> new ClientException.BadToken(reason);
      case TLS_REQUIRED ->
          new ClientException.TlsFailed("the server takes TLS only, and this client has none");
      case UNKNOWN_PROTOCOL, UNKNOWN_SCHEMA -> new ClientException.UnknownProtocol(reason);
      case FENCED -> new ClientException.Fenced(reason);
      case BAD_HELLO,
          FRAME_TOO_LARGE,
          BATCH_TOO_LARGE,
          WINDOW_EXCEEDED,
          BAD_COMPRESSION,
          BAD_SEQUENCE,
          RESERVED_PRODUCER,
          TOO_MANY_STREAMS ->
          new ClientException.Refused(failure.getCode(), reason);
      case FAILURE_CODE_UNSPECIFIED,
          GARBLED_FRAME,
          BAD_CRC,
          HANDSHAKE_TIMEOUT,
          FRAME_TIMEOUT,
          IDLE_TIMEOUT,
          TOO_MANY_CONNECTIONS,
          DISK_LOW,
          JOURNAL_FAILED,
          SEALED,
          SHUTTING_DOWN,
          SLOW_READER,
          CERTIFICATE_EXPIRED,
          UNRECOGNIZED ->
          null;
    };
  }

  /** What ends the client when the server would not take a batch, or null. */
  static @Nullable ClientException beyond(BatchFrame frame, Limits limits) {
    if (frame.contentLength() > limits.getMaxFrameBytes()) {
      return new ClientException.BeyondLimits(
          frame.records() == 1 ? "bytes of one record's batch" : "bytes of a batch",
          frame.contentLength(),
          limits.getMaxFrameBytes());
    }
    if (frame.records() > limits.getMaxBatchRecords()) {
      return new ClientException.BeyondLimits(
          "records of a batch", frame.records(), limits.getMaxBatchRecords());
    }
    return null;
  }
}
