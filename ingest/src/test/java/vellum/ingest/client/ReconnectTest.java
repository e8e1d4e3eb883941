package vellum.ingest.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vellum.ingest.server.Rig;
import vellum.v1.RejectionCode;

/** Nothing is lost, doubled or reordered, whatever breaks between client and journal. */
final class ReconnectTest {

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Rig rig = new Rig(Rig.quick());
  private final Tally tally = new Tally();

  ReconnectTest() {
    System.out.println("seed " + seed);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static List<Long> numbers(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private void checkExactly(int count) {
    assertThat(rig.journal.records()).isEqualTo(numbers(count));
    assertThat(tally.taken()).isEqualTo(numbers(count));
    assertThat(tally.answers()).isEqualTo(count);
  }

  private void cutting(int bytesBetweenCuts, boolean slices, boolean compress) {
    int count = 3_000;
    try (Proxy proxy = new Proxy(rig.port(), seed, bytesBetweenCuts, slices);
        VellumClient client = Clients.open(Clients.config(proxy.port()).compressing(compress))) {
      for (long i = 1; i <= count; i++) {
        client.send(Rig.record(i), tally.of(i));
      }
      Rig.await("some cuts", () -> proxy.cuts() > 2);
      proxy.calm();
      client.flush(Duration.ofSeconds(10));
    }
    checkExactly(count);
  }

  @Test
  void shouldOutlastCuts() {
    cutting(3_000, false, false);
  }

  @Test
  void shouldOutlastCutsAndSlices() {
    cutting(3_000, true, false);
  }

  @Test
  void shouldOutlastCutsOfCompressedBatches() {
    cutting(800, true, true);
  }

  @Test
  void shouldOutlastRestartsOfTheServer() {
    int count = 2_000;
    try (VellumClient client = Clients.open(Clients.config(rig.port()))) {
      for (long i = 1; i <= count; i++) {
        client.send(Rig.record(i), tally.of(i));
        if (random.nextInt(count / 5) == 0) {
          rig.stop();
          rig.start();
        }
      }
      client.flush(Duration.ofSeconds(10));
    }
    checkExactly(count);
  }

  @Test
  void shouldLearnFromWelcomeWhatBecameOfRecordsWhoseAnswerWasLost() {
    try (Proxy proxy = new Proxy(rig.port(), seed, 0, false);
        VellumClient client = Clients.open(Clients.config(proxy.port()))) {
      client.send(Rig.record(1), tally.of(1));
      client.flush(Duration.ofSeconds(10));
      // given records that are journaled while their answer cannot come
      rig.journal.hold(true);
      client.send(Rig.record(2), tally.of(2));
      client.send(Rig.record(3).toBuilder().setAccount("forbidden").build(), tally.of(3));
      Rig.await("the batch", () -> rig.count("records") == 3);
      proxy.cut();
      rig.journal.hold(false);
      client.flush(Duration.ofSeconds(10));
    }
    assertThat(tally.taken()).containsExactly(1L, 2L);
    assertThat(tally.rejected()).containsExactly(RejectionCode.ACCOUNT_NOT_ALLOWED);
    assertThat(rig.journal.records()).containsExactly(1L, 2L);
  }

  @Test
  void shouldStartBeforeTheServer() {
    rig.stop();
    try (VellumClient client = Clients.open(Clients.config(rig.port()))) {
      client.send(Rig.record(1), tally.of(1));
      rig.start();
      client.flush(Duration.ofSeconds(10));
    }
    checkExactly(1);
  }
}
