package vellum.ingest.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vellum.core.journal.Journal;
import vellum.v1.Ack;
import vellum.v1.Batch;
import vellum.v1.Failure;
import vellum.v1.FailureCode;
import vellum.v1.Frame;
import vellum.v1.Hello;
import vellum.v1.Reauth;
import vellum.v1.RecordList;

/** Each failure of the protocol, caused once by a client's bytes, and the server well after it. */
final class FailuresTest {

  private final Rig rig = new Rig(Rig.quick());

  @AfterEach
  void close() {
    rig.close();
  }

  private void check(Peer peer, FailureCode code) {
    try (peer) {
      Failure failure = peer.failure();
      assertThat(failure.getCode()).as(failure.getReason()).isEqualTo(code);
      assertThat(failure.getReason()).isNotEmpty();
    }
    assertThat(rig.meters.find("vellum.ingest.failures").tag("code", code.name()).counter().count())
        .isEqualTo(1);
    assertThat(rig.count("faults")).isZero();
    try (Peer other = Peer.welcomed(rig, Peer.hello().setStream(9))) {
      other.send(Peer.batch(1, 1));
      assertThat(other.ack()).isEqualTo(1);
    }
  }

  private Peer stranger() {
    return new Peer(rig.port());
  }

  private Peer saying(Hello.Builder hello) {
    return stranger().send(Frame.newBuilder().setHello(hello).build());
  }

  private static Frame compressed(byte[] bytes) {
    return Frame.newBuilder()
        .setBatch(Batch.newBuilder().setFirstSequence(1).setCompressed(ByteString.copyFrom(bytes)))
        .build();
  }

  @Test
  void shouldRefuseGarbage() {
    check(stranger().sendBytes(Peer.bytes(new byte[] {1, 2, 3})), FailureCode.GARBLED_FRAME);
  }

  @Test
  void shouldRefuseAnEmptyFrame() {
    check(stranger().sendBytes(new byte[8]), FailureCode.GARBLED_FRAME);
  }

  @Test
  void shouldRefuseABatchBeforeTheHello() {
    check(stranger().send(Peer.batch(1, 1)), FailureCode.GARBLED_FRAME);
  }

  @Test
  void shouldRefuseASecondHello() {
    check(
        Peer.welcomed(rig).send(Frame.newBuilder().setHello(Peer.hello()).build()),
        FailureCode.GARBLED_FRAME);
  }

  @Test
  void shouldRefuseAServersFrame() {
    check(
        Peer.welcomed(rig).send(Frame.newBuilder().setAck(Ack.getDefaultInstance()).build()),
        FailureCode.GARBLED_FRAME);
  }

  @Test
  void shouldRefuseAnUnknownFieldOfAControlFrame() {
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    Reauth reauth = Reauth.newBuilder().setToken(Rig.TOKEN).setUnknownFields(unknown).build();
    check(
        Peer.welcomed(rig).send(Frame.newBuilder().setReauth(reauth).build()),
        FailureCode.GARBLED_FRAME);
  }

  @Test
  void shouldRefuseABadSum() {
    byte[] bytes = Peer.bytes(Peer.batch(1, 1));
    bytes[bytes.length - 1] ^= 1;
    check(Peer.welcomed(rig).sendBytes(bytes), FailureCode.BAD_CRC);
  }

  @Test
  void shouldRefuseTwoGibibytes() {
    check(
        stranger().sendBytes((byte) 0x80, (byte) 0, (byte) 0, (byte) 0),
        FailureCode.FRAME_TOO_LARGE);
  }

  @Test
  void shouldRefuseALargeControlFrame() {
    Reauth reauth = Reauth.newBuilder().setToken("x".repeat(5_000)).build();
    check(
        Peer.welcomed(rig).send(Frame.newBuilder().setReauth(reauth).build()),
        FailureCode.FRAME_TOO_LARGE);
  }

  @Test
  void shouldRefuseAnotherProtocol() {
    check(saying(Peer.hello().setProtocol(2)), FailureCode.UNKNOWN_PROTOCOL);
  }

  @Test
  void shouldRefuseAnotherSchema() {
    check(saying(Peer.hello().setSchema(2)), FailureCode.UNKNOWN_SCHEMA);
  }

  @Test
  void shouldRefuseAToken() {
    check(saying(Peer.hello().setToken("bad")), FailureCode.BAD_TOKEN);
  }

  @Test
  void shouldRefuseAnotherTokenOfReauth() {
    Reauth reauth = Reauth.newBuilder().setToken("bad").build();
    check(
        Peer.welcomed(rig).send(Frame.newBuilder().setReauth(reauth).build()),
        FailureCode.BAD_TOKEN);
  }

  @Test
  void shouldRefuseAnOlderEpoch() {
    Peer.welcomed(rig, Peer.hello().setEpoch(5)).close();
    check(saying(Peer.hello().setEpoch(4)), FailureCode.FENCED);
  }

  @Test
  void shouldFenceTheEarlierConnection() {
    Peer old = Peer.welcomed(rig);
    try (Peer young = Peer.welcomed(rig)) {
      check(old.send(Peer.batch(1, 1)), FailureCode.FENCED);
      young.send(Peer.batch(1, 1));
      assertThat(young.ack()).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseABadHello() {
    check(saying(Peer.hello().setProducer("")), FailureCode.BAD_HELLO);
  }

  @Test
  void shouldKeepTheServersOwnNameForTheServer() {
    check(saying(Peer.hello().setProducer("vellum")), FailureCode.RESERVED_PRODUCER);
    try (Peer peer = saying(Peer.hello().setProducer("Vellum"))) {
      assertThat(peer.failure().getCode()).isEqualTo(FailureCode.RESERVED_PRODUCER);
    }
  }

  @Test
  void shouldRefuseAHelloThatNamesAPerson() {
    for (String name : List.of("+491701237777", "bob@example.com", "gw +49 170 1237777")) {
      for (Hello.Builder hello :
          List.of(Peer.hello().setProducer(name), Peer.hello().setInstance(name))) {
        try (Peer peer = saying(hello)) {
          Failure failure = peer.failure();
          assertThat(failure.getCode()).as(name).isEqualTo(FailureCode.BAD_HELLO);
          assertThat(failure.toString()).doesNotContain("1237777").doesNotContain("bob");
        }
      }
    }
    assertThat(rig.count("faults")).isZero();
  }

  @Test
  void shouldRefuseEpochZeroAndALargeStream() {
    try (Peer peer = saying(Peer.hello().setEpoch(0))) {
      assertThat(peer.failure().getCode()).isEqualTo(FailureCode.BAD_HELLO);
    }
    try (Peer peer = saying(Peer.hello().setStream(70_000))) {
      assertThat(peer.failure().getCode()).isEqualTo(FailureCode.BAD_HELLO);
    }
  }

  @Test
  void shouldRefuseTooManyRecords() {
    check(Peer.welcomed(rig).send(Peer.batch(1, 1_001)), FailureCode.BATCH_TOO_LARGE);
  }

  @Test
  void shouldRefuseMoreThanTheWindow() {
    Peer peer = Peer.welcomed(rig);
    rig.journal.hold(true);
    for (int i = 1; i <= 5; i++) {
      peer.send(Peer.batch(i, 1));
    }
    assertThat(peer.receive().getFailure().getCode()).isEqualTo(FailureCode.WINDOW_EXCEEDED);
    peer.close();
    rig.journal.hold(false);
    Rig.await("what was taken", () -> rig.journal.records().size() == 4);
  }

  @Test
  void shouldRefuseCompressionThatWasNotAgreed() {
    byte[] zstd =
        Zstd.compress(RecordList.newBuilder().addRecords(Rig.record(1)).build().toByteArray());
    check(Peer.welcomed(rig).send(compressed(zstd)), FailureCode.BAD_COMPRESSION);
  }

  @Test
  void shouldRefuseABomb() {
    byte[] bomb = Zstd.compress(new byte[1 << 26]);
    check(Peer.welcomed(rig, Peer.zstdHello()).send(compressed(bomb)), FailureCode.BAD_COMPRESSION);
  }

  @Test
  void shouldTimeOutWithoutAHello() {
    check(stranger(), FailureCode.HANDSHAKE_TIMEOUT);
  }

  @Test
  void shouldTimeOutAnUnfinishedFrame() {
    check(Peer.welcomed(rig).sendBytes((byte) 0, (byte) 0), FailureCode.FRAME_TIMEOUT);
  }

  @Test
  void shouldTimeOutSilence() {
    check(Peer.welcomed(rig), FailureCode.IDLE_TIMEOUT);
  }

  @Test
  void shouldRefuseTooManyConnections() {
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      peers.add(Peer.welcomed(rig, Peer.hello().setStream(i)));
    }
    try (Peer surplus = stranger()) {
      Failure failure = surplus.failure();
      assertThat(failure.getCode()).isEqualTo(FailureCode.TOO_MANY_CONNECTIONS);
      assertThat(failure.getRetryAfterMs()).isPositive();
    }
    peers.forEach(Peer::close);
  }

  @Test
  void shouldSayThatTheJournalFailed() {
    try (Peer peer = Peer.welcomed(rig)) {
      rig.journal.admission(Journal.Admission.FAILED);
      assertThat(peer.send(Peer.batch(1, 1)).failure().getCode())
          .isEqualTo(FailureCode.JOURNAL_FAILED);
    }
    try (Peer peer = saying(Peer.hello())) {
      assertThat(peer.failure().getCode()).isEqualTo(FailureCode.JOURNAL_FAILED);
    }
  }

  @Test
  void shouldRefuseTooManyStreams() {
    rig.journal.maxStreams(1);
    Peer.welcomed(rig, Peer.hello().setStream(9)).close();
    check(saying(Peer.hello()), FailureCode.TOO_MANY_STREAMS);
  }

  @Test
  void shouldRefuseSequenceZeroAndTheLastOnes() {
    check(Peer.welcomed(rig).send(Peer.batch(0, 1)), FailureCode.BAD_SEQUENCE);
    try (Peer peer = Peer.welcomed(rig)) {
      assertThat(peer.send(Peer.batch(Long.MAX_VALUE, 1)).failure().getCode())
          .isEqualTo(FailureCode.BAD_SEQUENCE);
    }
  }

  @Test
  void shouldRefuseAGoodbyeBeyondWhatCanBeCounted() {
    check(Peer.welcomed(rig).goodbye(Long.MAX_VALUE), FailureCode.BAD_SEQUENCE);
    try (Peer peer = Peer.welcomed(rig)) {
      assertThat(peer.goodbye(-1).failure().getCode()).isEqualTo(FailureCode.BAD_SEQUENCE);
    }
  }

  @Test
  void shouldSayWhyAGoodbyeCannotBeWrittenDown() {
    try (Peer peer = Peer.welcomed(rig)) {
      rig.journal.admission(Journal.Admission.DISK_LOW);
      assertThat(peer.goodbye(7).failure().getCode()).isEqualTo(FailureCode.DISK_LOW);
      rig.journal.admission(Journal.Admission.TAKEN);
    }
    try (Peer old = Peer.welcomed(rig);
        Peer young = Peer.welcomed(rig)) {
      assertThat(old.goodbye(7).failure().getCode()).isEqualTo(FailureCode.FENCED);
      assertThat(young.goodbye(0).receive().hasGoodbye()).isTrue();
    }
    assertThat(rig.journal.ends()).isEmpty();
  }
}
