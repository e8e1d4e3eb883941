package vellum.ingest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vellum.core.journal.Journal;
import vellum.ingest.server.FakeJournal;
import vellum.ingest.server.FakeSealer;
import vellum.ingest.server.Rig;
import vellum.v1.RejectionCode;

final class VellumClientTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final Rig rig = new Rig(Rig.quick());

  @AfterEach
  void close() {
    rig.close();
  }

  private static List<Long> numbers(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private ClientConfig config() {
    return Clients.config(rig.port());
  }

  @Test
  void shouldSendInOrderAndFlush() {
    Tally tally = new Tally();
    try (VellumClient client = Clients.open(config())) {
      for (long i = 1; i <= 1_003; i++) {
        client.send(Rig.record(i), tally.of(i));
      }
      client.flush(LONG);
      assertThat(tally.taken()).isEqualTo(numbers(1_003));
    }
    assertThat(rig.journal.records()).isEqualTo(numbers(1_003));
  }

  @Test
  void shouldSendALonelyRecordAfterTheLinger() throws Exception {
    try (VellumClient client = Clients.open(config())) {
      Receipt receipt = client.send(Rig.record(1)).get(10, TimeUnit.SECONDS);
      assertThat(receipt.isTaken()).isTrue();
      assertThat(receipt.sequence()).isEqualTo(1);
    }
  }

  @Test
  void shouldTellRejections() throws Exception {
    try (VellumClient client = Clients.open(config())) {
      CompletableFuture<Receipt> good = client.send(Rig.record(1));
      CompletableFuture<Receipt> bad =
          client.send(Rig.record(2).toBuilder().setAccount("forbidden").build());
      assertThat(bad.get(10, TimeUnit.SECONDS).code()).isEqualTo(RejectionCode.ACCOUNT_NOT_ALLOWED);
      assertThat(good.get(10, TimeUnit.SECONDS).isTaken()).isTrue();
    }
  }

  @Test
  void shouldRejectARecordLargerThanABatchItself() {
    Tally tally = new Tally();
    try (VellumClient client = Clients.open(config())) {
      client.send(Rig.record(1).toBuilder().setAccount("x".repeat(9_000)).build(), tally.of(1));
    }
    assertThat(tally.rejected()).containsExactly(RejectionCode.RECORD_TOO_LARGE);
  }

  @Test
  void shouldCutBatchesToTheServersLimits() {
    // given batches of 2,000 records and 512 KiB, and a server that takes 1,000 and 64 KiB
    Tally tally = new Tally();
    try (VellumClient client = Clients.open(config().batching(1_000, 2_000, 512 * 1024))) {
      // when
      for (long i = 1; i <= 2_000; i++) {
        client.send(Rig.record(i), tally.of(i));
      }
      for (long i = 2_001; i <= 4_000; i++) {
        client.send(
            Rig.record(i).toBuilder().setAccount("x".repeat(i % 3 == 0 ? 1 : 300)).build(),
            tally.of(i));
      }
      client.flush(LONG);
    }
    // then
    assertThat(tally.failed()).isEmpty();
    assertThat(tally.taken()).isEqualTo(numbers(4_000));
    assertThat(rig.journal.records()).isEqualTo(numbers(4_000));
  }

  @Test
  void shouldSendCompressed() {
    Tally tally = new Tally();
    try (VellumClient client = Clients.open(config().compressing(true))) {
      for (long i = 1; i <= 100; i++) {
        client.send(Rig.record(i), tally.of(i));
      }
    }
    assertThat(tally.taken()).isEqualTo(numbers(100));
    assertThat(rig.journal.records()).isEqualTo(numbers(100));
  }

  @Test
  void shouldSpreadOverStreams() {
    Tally tally = new Tally();
    ClientConfig wide = config().over(3, ClientConfig.StreamChoice.ROUND_ROBIN);
    try (VellumClient client = Clients.open(wide)) {
      for (long i = 1; i <= 300; i++) {
        client.send(Rig.record(i), tally.of(i));
      }
    }
    assertThat(tally.taken()).containsExactlyInAnyOrderElementsOf(numbers(300));
    assertThat(rig.journal.records()).containsExactlyInAnyOrderElementsOf(numbers(300));
  }

  @Test
  void shouldKeepOneThreadsOrderOnOneStream() {
    ClientConfig wide = config().over(3, ClientConfig.StreamChoice.CALLER_THREAD);
    Tally tally = new Tally();
    try (VellumClient client = Clients.open(wide)) {
      for (long i = 1; i <= 300; i++) {
        client.send(Rig.record(i), tally.of(i));
      }
    }
    assertThat(rig.journal.records()).isEqualTo(numbers(300));
  }

  @Test
  void shouldStayInsideTheServersWindow() {
    rig.journal.hold(true);
    Tally tally = new Tally();
    try (VellumClient client = Clients.open(config())) {
      rig.journal.hold(false);
      client.send(Rig.record(1), tally.of(1));
      client.flush(LONG);
      rig.journal.hold(true);
      for (long i = 2; i <= 101; i++) {
        client.send(Rig.record(i), tally.of(i));
      }
      Rig.await("a full window", () -> rig.count("records") == 41);
      rig.journal.hold(false);
      client.flush(LONG);
      assertThat(tally.taken()).isEqualTo(numbers(101));
    }
  }

  @Test
  void shouldRefuseWhenThereIsNoRoom() {
    rig.journal.hold(true);
    Tally tally = new Tally();
    try (VellumClient client = Clients.open(config().waiting(2, 30, 5_000))) {
      for (long i = 1; i <= 20; i++) {
        client.send(Rig.record(i), tally.of(i));
      }
      assertThatThrownBy(() -> client.send(Rig.record(21), tally.of(21)))
          .isInstanceOf(ClientException.Overloaded.class)
          .satisfies(e -> assertThat(((ClientException) e).recoverable()).isTrue());
      assertThatThrownBy(() -> client.flush(Duration.ofMillis(5)))
          .isInstanceOf(ClientException.DeadlinePassed.class);
      rig.journal.hold(false);
      client.flush(LONG);
    }
    assertThat(tally.taken()).isEqualTo(numbers(20));
  }

  @Test
  void shouldOutlastAFullJournalAndALowDisk() {
    Tally tally = new Tally();
    try (VellumClient client = Clients.open(config())) {
      client.send(Rig.record(1), tally.of(1));
      client.flush(LONG);
      rig.journal.admission(Journal.Admission.DISK_LOW);
      client.send(Rig.record(2), tally.of(2));
      Rig.await("a refusal", () -> rig.journal.refusals() > 0);
      rig.journal.admission(Journal.Admission.BUSY);
      int before = rig.journal.refusals();
      Rig.await("another", () -> rig.journal.refusals() > before);
      rig.journal.admission(Journal.Admission.TAKEN);
      client.flush(LONG);
    }
    assertThat(rig.journal.records()).isEqualTo(numbers(2));
  }

  @Test
  void shouldFailWhatIsUnansweredAtTheCloseDeadline() {
    Tally tally = new Tally();
    VellumClient client = Clients.open(config().waiting(16, 100, 50));
    rig.journal.hold(true);
    client.send(Rig.record(1), tally.of(1));
    client.close();
    assertThat(tally.failed()).hasOnlyElementsOfType(ClientException.Closed.class).hasSize(1);
    assertThatThrownBy(() -> client.send(Rig.record(2))).isInstanceOf(ClientException.Closed.class);
    rig.journal.hold(false);
  }

  @Test
  void shouldOutliveACallbackThatThrows() {
    Tally tally = new Tally();
    try (VellumClient client = Clients.open(config())) {
      client.send(
          Rig.record(1),
          new Outcome() {
            @Override
            public void taken(long sequence) {
              throw new IllegalStateException("made up");
            }

            @Override
            public void rejected(long sequence, RejectionCode code, String reason) {}

            @Override
            public void failed(ClientException cause) {}
          });
      client.send(Rig.record(2), tally.of(2));
    }
    assertThat(tally.taken()).containsExactly(2L);
  }

  @Test
  void shouldKeepAnIdleConnectionAlive() {
    try (VellumClient client = Clients.open(config())) {
      client.send(Rig.record(1));
      client.flush(LONG);
      double before = rig.count("frames");
      Rig.await("six beats, two idle times", () -> rig.count("frames") >= before + 6);
      assertThat(
              rig.meters
                  .find("vellum.ingest.failures")
                  .tag("code", "IDLE_TIMEOUT")
                  .counter()
                  .count())
          .isZero();
    }
  }

  @Test
  void shouldSayWhatARestoredStoreHasLost() {
    AtomicReference<String> told = new AtomicReference<>();
    ClientListener listener =
        new ClientListener() {
          @Override
          public void incarnationChanged(int stream, long lastAnswered, long lastDurable) {
            told.set(stream + " " + lastAnswered + " " + lastDurable);
          }

          @Override
          public void disconnected(int stream, String reason, long retryInMs) {}
        };
    Tally tally = new Tally();
    try (VellumClient client = VellumClient.open(config(), Clients.ports(listener))) {
      for (long i = 1; i <= 20; i++) {
        client.send(Rig.record(i), tally.of(i));
      }
      client.flush(LONG);
      // when the server returns from a backup
      rig.stop();
      rig.incarnation = "two";
      rig.journal.takeBack(10);
      client.send(Rig.record(21), tally.of(21));
      rig.start();
      client.flush(LONG);
    }
    assertThat(told).hasValue("0 20 10");
    assertThat(rig.journal.records()).isEqualTo(numbers(21));
  }

  @Test
  void shouldPrintItsRate() {
    int count = 200_000;
    Tally tally = new Tally();
    try (Rig wide =
            new Rig(
                vellum.ingest.server.ServerConfig.defaults(), new FakeJournal(), FakeSealer::new);
        VellumClient client =
            Clients.open(Clients.config(wide.port()).batching(5, 500, 512 * 1024))) {
      long start = System.nanoTime();
      for (long i = 1; i <= count; i++) {
        client.send(Rig.record(i), tally.of(i));
      }
      client.flush(Duration.ofSeconds(30));
      long nanos = System.nanoTime() - start;
      System.out.println("records/s: " + count * 1_000_000_000L / nanos);
      assertThat(wide.journal.records()).isEqualTo(numbers(count));
    }
    assertThat(tally.answers()).isEqualTo(count);
  }
}
