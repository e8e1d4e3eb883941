package vellum.ingest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vellum.core.journal.Journal;
import vellum.v1.Batch;
import vellum.v1.DetailRecord;
import vellum.v1.FailureCode;
import vellum.v1.Frame;
import vellum.v1.Reauth;
import vellum.v1.RejectionCode;

final class IngestServerTest {

  private final Rig rig = new Rig(Rig.quick());

  @AfterEach
  void close() {
    rig.close();
  }

  private static List<Long> numbers(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void shouldAcknowledgeBatches() {
    try (Peer peer = Peer.welcomed(rig)) {
      peer.send(Peer.batch(1, 3));
      assertThat(peer.ack()).isEqualTo(3);
      peer.send(Peer.batch(4, 2));
      assertThat(peer.ack()).isEqualTo(5);
    }
    assertThat(rig.journal.records()).isEqualTo(numbers(5));
    assertThat(rig.count("records")).isEqualTo(5);
  }

  @Test
  void shouldSendRejectionsBeforeTheirAck() {
    try (Peer peer = Peer.welcomed(rig)) {
      Batch batch =
          Batch.newBuilder()
              .setFirstSequence(1)
              .addRecords(Rig.record(1))
              .addRecords(DetailRecord.getDefaultInstance())
              .addRecords(Rig.record(3).toBuilder().setAccount("forbidden"))
              .build();
      peer.send(Frame.newBuilder().setBatch(batch).build());
      assertThat(peer.receive().getRejection())
          .satisfies(each -> assertThat(each.getSequence()).isEqualTo(2))
          .satisfies(each -> assertThat(each.getCode()).isEqualTo(RejectionCode.MISSING_ID));
      assertThat(peer.receive().getRejection().getCode())
          .isEqualTo(RejectionCode.ACCOUNT_NOT_ALLOWED);
      assertThat(peer.ack()).isEqualTo(3);
    }
    assertThat(rig.journal.records()).containsExactly(1L);
  }

  @Test
  void shouldCountABatchAsOnItsWayUntilTheJournalAnswers() {
    try (Peer peer = Peer.welcomed(rig)) {
      // given
      rig.journal.hold(true);
      peer.send(Peer.batch(1, 3));
      Rig.await("the batch", () -> rig.count("records") == 3);
      long epoch = rig.epochs.flip();

      // when, then
      assertThat(rig.epochs.drained(epoch)).isFalse();
      rig.journal.hold(false);
      assertThat(peer.ack()).isEqualTo(3);
      assertThat(rig.epochs.drained(epoch)).isTrue();
    }
  }

  @Test
  void shouldForgetABatchThatIsNeverOffered() {
    try (Peer peer = Peer.welcomed(rig)) {
      rig.journal.admission(Journal.Admission.BUSY);
      peer.send(Peer.batch(1, 3));
      Rig.await("the batch", () -> rig.count("records") == 3);
    }
    long epoch = rig.epochs.flip();

    Rig.await("the drain", () -> rig.epochs.drained(epoch));
  }

  @Test
  void shouldForgetABatchAtWhichTheJournalThrows() {
    // given
    rig.journal.throwFrom(1);

    // when
    try (Peer peer = Peer.welcomed(rig)) {
      peer.send(Peer.batch(1, 3));
      Rig.await("the fault", () -> rig.count("faults") == 1);
    }

    // then
    assertThat(rig.epochs.drained(rig.epochs.flip())).isTrue();
  }

  @Test
  void shouldForgetAWaitingBatchAtWhichTheJournalThrows() {
    try (Peer peer = Peer.welcomed(rig)) {
      // given
      rig.journal.admission(Journal.Admission.BUSY);
      peer.send(Peer.batch(1, 3));
      Rig.await("the batch", () -> rig.count("records") == 3);

      // when
      rig.journal.throwFrom(1);

      // then: the connection ends too
      Rig.await("the fault", () -> rig.count("faults") == 1);
      long epoch = rig.epochs.flip();
      Rig.await("the drain", () -> rig.epochs.drained(epoch));
    }
  }

  @Test
  void shouldTakeABatchInPiecesAndAcknowledgeTheWhole() {
    try (Rig pieces = new Rig(Rig.quick(), new FakeJournal(), () -> new FakeSealer(2));
        Peer peer = Peer.welcomed(pieces)) {
      // given: five records, of which the fourth is bad, in pieces of two, sent twice
      Batch.Builder batch = Batch.newBuilder().setFirstSequence(1);
      for (long number : new long[] {1, 2, 3, 0, 5}) {
        batch.addRecords(number == 0 ? DetailRecord.getDefaultInstance() : Rig.record(number));
      }
      Frame frame = Frame.newBuilder().setBatch(batch).build();

      // when
      peer.send(frame);

      // then
      assertThat(peer.receive().getRejection().getSequence()).isEqualTo(4);
      assertThat(peer.ack()).isEqualTo(5);
      peer.send(frame);
      assertThat(peer.ack()).isEqualTo(5);
      assertThat(pieces.journal.records()).containsExactly(1L, 2L, 3L, 5L);
      assertThat(pieces.epochs.drained(pieces.epochs.flip())).isTrue();
    }
  }

  @Test
  void shouldTakeTheRestOfABatchWhoseSecondPieceWasNotTaken() {
    try (Rig pieces = new Rig(Rig.quick(), new FakeJournal(), () -> new FakeSealer(2))) {
      // given
      pieces.journal.throwFrom(3);
      try (Peer peer = Peer.welcomed(pieces)) {
        peer.send(Peer.batch(1, 5));
        Rig.await("the fault", () -> pieces.count("faults") == 1);
        Rig.await("the first piece", () -> pieces.journal.records().size() == 2);
        long epoch = pieces.epochs.flip();
        Rig.await("the drain", () -> pieces.epochs.drained(epoch));
      }
      pieces.journal.throwFrom(Long.MAX_VALUE);

      // when
      try (Peer again = Peer.welcomed(pieces)) {
        again.send(Peer.batch(1, 5));

        // then
        assertThat(again.ack()).isEqualTo(5);
      }
      assertThat(pieces.journal.records()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void shouldTellTheLastDurableSequenceAndRepeatRejections() {
    try (Peer peer = Peer.welcomed(rig)) {
      Batch batch =
          Batch.newBuilder()
              .setFirstSequence(1)
              .addRecords(DetailRecord.getDefaultInstance())
              .build();
      peer.send(Frame.newBuilder().setBatch(batch).build());
      peer.receive();
      assertThat(peer.ack()).isEqualTo(1);
    }
    try (Peer again = new Peer(rig.port())) {
      again.send(Frame.newBuilder().setHello(Peer.hello()).build());
      assertThat(again.receive().getWelcome())
          .satisfies(each -> assertThat(each.getLastDurable()).isEqualTo(1))
          .satisfies(each -> assertThat(each.getRejections(0).getSequence()).isEqualTo(1))
          .satisfies(each -> assertThat(each.getIncarnation()).isEqualTo("one"))
          .satisfies(each -> assertThat(each.getLimits().getMaxInFlight()).isEqualTo(4));
    }
  }

  @Test
  void shouldSkipWhatIsDurableAndAcceptAGap() {
    try (Peer peer = Peer.welcomed(rig)) {
      peer.send(Peer.batch(1, 2));
      peer.ack();
      peer.send(Peer.batch(1, 3));
      assertThat(peer.ack()).isEqualTo(3);
      peer.send(Peer.batch(10, 1));
      assertThat(peer.ack()).isEqualTo(10);
    }
    assertThat(rig.journal.records()).containsExactly(1L, 2L, 3L, 10L);
    assertThat(rig.count("gaps")).isEqualTo(1);
  }

  @Test
  void shouldTakeFramesByteByByte() {
    try (Peer peer = new Peer(rig.port())) {
      for (byte each : Peer.bytes(Frame.newBuilder().setHello(Peer.hello()).build())) {
        peer.sendBytes(each);
      }
      assertThat(peer.receive().hasWelcome()).isTrue();
      for (byte each : Peer.bytes(Peer.batch(1, 1))) {
        peer.sendBytes(each);
      }
      assertThat(peer.ack()).isEqualTo(1);
    }
  }

  @Test
  void shouldAnswerGoodbyeAfterEverythingElse() {
    try (Peer peer = Peer.welcomed(rig)) {
      rig.journal.hold(true);
      peer.send(Peer.batch(1, 2)).goodbye(2);
      Rig.await("the batch", () -> rig.count("records") == 2);
      rig.journal.hold(false);
      assertThat(peer.ack()).isEqualTo(2);
      assertThat(peer.receive().getGoodbye().getLastSequence()).isEqualTo(2);
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void shouldWriteDownAGoodbyeThatNamesMoreThanCame() {
    try (Peer peer = Peer.welcomed(rig)) {
      rig.journal.hold(true);
      peer.send(Peer.batch(1, 2)).goodbye(9);
      Rig.await("the batch", () -> rig.count("records") == 2);
      rig.journal.admission(Journal.Admission.BUSY);
      rig.journal.hold(false);
      assertThat(peer.ack()).isEqualTo(2);
      Rig.await("a refusal", () -> rig.journal.refusals() > 1);
      rig.journal.admission(Journal.Admission.TAKEN);
      assertThat(peer.receive().getGoodbye().getLastSequence()).isEqualTo(2);
      assertThat(peer.isEnded()).isTrue();
    }
    assertThat(rig.journal.ends()).containsExactly(9L);
    try (Peer peer = Peer.welcomed(rig)) {
      assertThat(peer.goodbye(2).receive().hasGoodbye()).isTrue();
    }
    assertThat(rig.journal.ends()).as("nothing is missing").containsExactly(9L);
  }

  @Test
  void shouldHoldReadingWhileTheJournalIsFullAndLoseNothing() {
    try (Peer peer = Peer.welcomed(rig)) {
      rig.journal.admission(Journal.Admission.BUSY);
      peer.send(Peer.batch(1, 1)).send(Peer.batch(2, 1));
      Rig.await("some refusals", () -> rig.journal.refusals() > 3);
      assertThat(rig.count("records")).isEqualTo(1);
      rig.journal.admission(Journal.Admission.TAKEN);
      long ack = peer.ack();
      assertThat(ack == 1 ? peer.ack() : ack).isEqualTo(2);
    }
    assertThat(rig.journal.records()).containsExactly(1L, 2L);
  }

  @Test
  void shouldHoldConnectionsAndRefuseHellosWhileTheDiskIsLow() {
    try (Peer peer = Peer.welcomed(rig);
        Peer late = new Peer(rig.port())) {
      rig.journal.admission(Journal.Admission.DISK_LOW);
      peer.send(Peer.batch(1, 1));
      late.send(Frame.newBuilder().setHello(Peer.hello().setStream(2)).build());
      assertThat(late.failure())
          .satisfies(each -> assertThat(each.getCode()).isEqualTo(FailureCode.DISK_LOW))
          .satisfies(each -> assertThat(each.getRetryAfterMs()).isEqualTo(20));
      Rig.await("a refusal", () -> rig.journal.refusals() > 0);
      rig.journal.admission(Journal.Admission.TAKEN);
      assertThat(peer.ack()).isEqualTo(1);
    }
  }

  @Test
  void shouldHoldReadingWhileThrottled() {
    try (Peer peer = Peer.welcomed(rig)) {
      rig.throttled.set(true);
      peer.send(Peer.batch(1, 1));
      assertThat(peer.ack()).isEqualTo(1);
      peer.send(Peer.batch(2, 1));
      Rig.await(
          "hold",
          () ->
              rig.meters.find("vellum.ingest.holds").tag("reason", "THROTTLE").counter().count()
                  == 1);
      assertThat(rig.count("records")).isEqualTo(1);
      rig.throttled.set(false);
      assertThat(peer.ack()).isEqualTo(2);
    }
  }

  @Test
  void shouldReplaceTheGrantAtReauth() {
    rig.expiry = rig.now.plusSeconds(60);
    try (Peer peer = Peer.welcomed(rig)) {
      rig.expiry = rig.now.plusSeconds(600);
      Reauth reauth = Reauth.newBuilder().setToken(Rig.TOKEN).build();
      peer.send(Frame.newBuilder().setReauth(reauth).build()).send(Peer.batch(1, 1));
      assertThat(peer.ack()).isEqualTo(1);
      rig.now = rig.now.plusSeconds(120);
      peer.send(Peer.batch(2, 1));
      assertThat(peer.ack()).isEqualTo(2);
      rig.now = rig.now.plusSeconds(600);
      assertThat(peer.failure().getCode()).isEqualTo(FailureCode.BAD_TOKEN);
    }
  }

  @Test
  void shouldEndAConnectionWhoseTokenIsRevoked() {
    try (Peer peer = Peer.welcomed(rig)) {
      peer.send(Peer.batch(1, 1));
      assertThat(peer.ack()).isEqualTo(1);
      assertThat(rig.remotes).containsExactly("127.0.0.1");

      // when
      rig.stands.set(false);

      // then it ends by itself, and nothing more is taken
      assertThat(peer.failure().getCode()).isEqualTo(FailureCode.BAD_TOKEN);
      assertThat(rig.count("records")).isEqualTo(1);
    }
  }

  @Test
  void shouldAnswerWhatIsPendingBeforeItEnds() throws InterruptedException {
    try (Peer peer = Peer.welcomed(rig)) {
      rig.journal.hold(true);
      peer.send(Peer.batch(1, 1));
      Rig.await("the batch", () -> rig.count("records") == 1);
      Thread closing = Rig.thread(rig::stop);
      closing.start();
      Rig.await(
          "the hold",
          () ->
              rig.meters.find("vellum.ingest.holds").tag("reason", "SHUTDOWN").counter().count()
                  == 1);
      rig.journal.hold(false);
      assertThat(peer.ack()).isEqualTo(1);
      assertThat(peer.failure().getCode()).isEqualTo(FailureCode.SHUTTING_DOWN);
      peer.close();
      closing.join(5_000);
      assertThat(closing.isAlive()).isFalse();
    }
  }

  @Test
  void shouldSayThatTheAddressIsTaken() {
    ServerConfig taken = ServerConfig.defaults().at("127.0.0.1", rig.port());
    assertThatThrownBy(
            () ->
                IngestServer.start(
                    taken, new ServerPorts(null, () -> rig.now, rig.meters, Rig::thread, null)))
        .isInstanceOf(ServerException.CannotListen.class);
  }
}
