package vellum.ingest.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.OwnStreams;
import vellum.core.journal.StreamId;
import vellum.core.journal.StreamLease;
import vellum.core.record.BadRecord;
import vellum.core.record.Field;
import vellum.core.record.MessageShape;
import vellum.core.record.TextRule;
import vellum.core.seal.BatchSealer;
import vellum.ingest.protocol.ControlFrames;
import vellum.v1.Codec;
import vellum.v1.FailureCode;
import vellum.v1.Frame;
import vellum.v1.Hello;
import vellum.v1.Limits;
import vellum.v1.Rejection;
import vellum.v1.Welcome;

/** The checks of a Hello, and the Welcome that answers it. Stateless. */
final class Handshake {

  private static final int VERSION = 1;
  private static final int MAX_NAME_BYTES = 64;
  private static final int MAX_TOKEN_BYTES = 512;
  private static final int MAX_STREAM = 65_535;
  private static final int MAX_CODECS = 8;

  private static final MessageShape HELLO = MessageShape.of(Hello.getDescriptor());
  private static final Field PRODUCER = HELLO.required(Hello.PRODUCER_FIELD_NUMBER);
  private static final Field INSTANCE = HELLO.required(Hello.INSTANCE_FIELD_NUMBER);

  private Handshake() {}

  /** Why the hello is none, or null. Versions first: a newer client's hello may look different. */
  static @Nullable Refusal check(Hello hello) {
    if (hello.getProtocol() != VERSION) {
      return Refusal.of(FailureCode.UNKNOWN_PROTOCOL, "protocol must be " + VERSION);
    }
    if (hello.getSchema() != VERSION) {
      return Refusal.of(FailureCode.UNKNOWN_SCHEMA, "schema must be " + VERSION);
    }
    String problem = problem(hello);
    if (problem != null) {
      return Refusal.of(FailureCode.BAD_HELLO, problem);
    }
    return OwnStreams.isReserved(hello.getProducer())
        ? Refusal.of(
            FailureCode.RESERVED_PRODUCER,
            "producer " + OwnStreams.PRODUCER + " is the server itself: take another name")
        : null;
  }

  private static @Nullable String problem(Hello hello) {
    if (ControlFrames.hasUnknownFields(hello)) {
      return "Hello has a field that the schema does not know";
    }
    if (isBadName(hello.getProducer()) || isBadName(hello.getInstance())) {
      return "producer and instance must have 1 to "
          + MAX_NAME_BYTES
          + " bytes without control characters";
    }
    if (holdsIdentity(PRODUCER, hello.getProducer())
        || holdsIdentity(INSTANCE, hello.getInstance())) {
      return "producer and instance are stored in clear: no e-mail address, no telephone number";
    }
    if (hello.getEpoch() < 1) {
      return "epoch must be 1 to " + Long.MAX_VALUE;
    }
    if (hello.getStream() < 0 || hello.getStream() > MAX_STREAM) {
      return "stream must be 0 to " + MAX_STREAM;
    }
    if (hello.getLastAnswered() < 0) {
      return "last_answered must be 0 to " + Long.MAX_VALUE;
    }
    if (bytes(hello.getToken()) > MAX_TOKEN_BYTES || hello.getCodecsCount() > MAX_CODECS) {
      return "token must have at most "
          + MAX_TOKEN_BYTES
          + " bytes, codecs at most "
          + MAX_CODECS
          + " entries";
    }
    return null;
  }

  static StreamId stream(Hello hello) {
    return new StreamId(hello.getProducer(), hello.getInstance(), hello.getStream());
  }

  /** The client's first choice that is known here. */
  static Codec codec(Hello hello) {
    List<Codec> wishes = hello.getCodecsList();
    for (Codec wish : wishes) {
      if (wish != Codec.UNRECOGNIZED) {
        return wish;
      }
    }
    return Codec.IDENTITY_CODEC;
  }

  static Frame welcome(IngestServices services, StreamLease lease, Codec codec) {
    Welcome.Builder welcome =
        Welcome.newBuilder()
            .setLastDurable(lease.lastSequence())
            .setLimits(limits(services.config()))
            .setIncarnation(services.taking().incarnation())
            .setAckMode(services.taking().ackMode())
            .setCodec(codec);
    for (StreamLease.StreamRejection each : lease.rejections()) {
      welcome.addRejections(
          Rejection.newBuilder().setSequence(each.sequence()).setCode(Answers.code(each.code())));
    }
    return Frame.newBuilder().setWelcome(welcome).build();
  }

  private static Limits limits(ServerConfig config) {
    return Limits.newBuilder()
        .setMaxFrameBytes(config.maxFrameBytes())
        .setMaxBatchRecords(config.maxBatchRecords())
        .setMaxRecordBytes(BatchSealer.MAX_RECORD_BYTES)
        .setMaxInFlight(config.maxInFlight())
        .setIdleTimeoutMs(config.idleMs())
        .build();
  }

  private static boolean isBadName(String name) {
    return name.isEmpty()
        || bytes(name) > MAX_NAME_BYTES
        || name.chars().anyMatch(Character::isISOControl);
  }

  /** Both names are logged, journalled and metered, so they obey the rule of names in records. */
  private static boolean holdsIdentity(Field field, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    try {
      TextRule.check(field, bytes, 0, bytes.length);
      return false;
    } catch (BadRecord e) {
      return true;
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
