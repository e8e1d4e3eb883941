package vellum.ingest.demo;

import com.google.protobuf.Timestamp;
import vellum.v1.Channel;
import vellum.v1.Direction;
import vellum.v1.ErrorGroup;
import vellum.v1.StatusGroup;

/**
 * The facts of one communication as drawn, before they become messages. Filled anew for each
 * record. Not thread-safe.
 */
final class Communication {

  long startedMicros;
  String recordId = "";
  Account account;
  Channel channel = Channel.SMS;
  Direction direction = Direction.MT;
  int country;
  int subscriber;
  String network = "";
  int segments;
  long durationMs;
  boolean failover;
  Outcome outcome = Outcome.DELIVERED;
  long deliveryMs;
  long units;
  long saleNanos;
  long costNanos;
  int route;

  Communication(Account account) {
    this.account = account;
  }

  /** How it ended. */
  enum Outcome {
    DELIVERED(StatusGroup.DELIVERED, "DELIVERED_TO_HANDSET", ErrorGroup.OK, "NO_ERROR", "DELIVRD"),
    ABSENT(
        StatusGroup.EXPIRED, "EXPIRED_ABSENT", ErrorGroup.HANDSET, "ABSENT_SUBSCRIBER", "EXPIRED"),
    UNKNOWN(
        StatusGroup.UNDELIVERABLE,
        "UNKNOWN_SUBSCRIBER",
        ErrorGroup.USER,
        "UNKNOWN_SUBSCRIBER",
        "UNDELIV"),
    NETWORK(
        StatusGroup.UNDELIVERABLE,
        "NETWORK_ERROR",
        ErrorGroup.OPERATOR,
        "NETWORK_FAILURE",
        "UNDELIV"),
    REJECTED(
        StatusGroup.REJECTED, "REJECTED_SENDER", ErrorGroup.OPERATOR, "SENDER_BLOCKED", "REJECTD");

    final StatusGroup group;
    final String status;
    final ErrorGroup errorGroup;
    final String error;
    final String dlrState;

    Outcome(
        StatusGroup group, String status, ErrorGroup errorGroup, String error, String dlrState) {
      this.group = group;
      this.status = status;
      this.errorGroup = errorGroup;
      this.error = error;
      this.dlrState = dlrState;
    }
  }

  Timestamp startedAt() {
    return timestamp(startedMicros);
  }

  /** A time so many milliseconds after the start. */
  Timestamp after(long millis) {
    return timestamp(startedMicros + millis * 1000);
  }

  private static Timestamp timestamp(long micros) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(micros, 1_000_000L))
        .setNanos((int) Math.floorMod(micros, 1_000_000L) * 1000)
        .build();
  }
}
