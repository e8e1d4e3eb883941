package vellum.ingest.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vellum.v1.Batch;
import vellum.v1.DetailRecord;
import vellum.v1.Frame;

/** Clients that do not read, or send bytes that were changed on the way. */
final class RoughPeersTest {

  private final Rig rig = new Rig(Rig.quick());

  @AfterEach
  void close() {
    rig.close();
  }

  private Peer stranger() {
    return new Peer(rig.port());
  }

  @Test
  void shouldEndASlowReader() {
    // given a client that sends rejected records and reads nothing
    Batch.Builder batch = Batch.newBuilder();
    for (int i = 0; i < 1_000; i++) {
      batch.addRecords(DetailRecord.getDefaultInstance());
    }
    try (Peer peer = new Peer(rig.port(), 4_096)) {
      peer.send(Frame.newBuilder().setHello(Peer.hello()).build());
      Thread sending = Rig.thread(() -> sendWithoutReading(peer, batch));
      sending.start();
      // then it is ended
      Rig.await("the end", this::isSlowReader);
    }
    Rig.await("the close", () -> rig.meters.find("vellum.ingest.connections").gauge().value() == 0);
  }

  private boolean isServed() {
    Frame hello = Frame.newBuilder().setHello(Peer.hello().setStream(9)).build();
    try (Peer peer = stranger().send(hello)) {
      return peer.receive().hasWelcome() && peer.send(Peer.batch(1, 1)).ack() == 1;
    } catch (UncheckedIOException e) {
      return false; // The others are not gone yet.
    }
  }

  private void sendAnyway(byte[] first, byte[] second) {
    try (Peer peer = stranger()) {
      peer.sendBytes(first);
      peer.sendBytes(second);
    } catch (UncheckedIOException e) {
      return; // Refused already, which is as good.
    }
  }

  private boolean isSlowReader() {
    return rig.meters.find("vellum.ingest.failures").tag("code", "SLOW_READER").counter().count()
        == 1;
  }

  private void sendWithoutReading(Peer peer, Batch.Builder batch) {
    for (int sent = 0; !isSlowReader(); sent++) {
      int acks = sent;
      Rig.await("room in the window", () -> rig.count("acks") >= acks - 2 || isSlowReader());
      batch.setFirstSequence(sent * 1_000L + 1);
      try {
        peer.send(Frame.newBuilder().setBatch(batch).build());
      } catch (UncheckedIOException e) {
        return; // The server has closed.
      }
    }
  }

  @Test
  void shouldSurviveMutatedBytes() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] hello = Peer.bytes(Frame.newBuilder().setHello(Peer.hello()).build());
    for (int i = 0; i < 200; i++) {
      byte[] bytes = Peer.bytes(Peer.batch(1, 3));
      for (int j = random.nextInt(4); j >= 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      sendAnyway(random.nextBoolean() ? hello : bytes, bytes);
    }
    assertThat(rig.count("faults")).isZero();
    Rig.await("a good one is served", this::isServed);
  }
}
