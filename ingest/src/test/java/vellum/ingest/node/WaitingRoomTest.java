package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.KekSecret;
import vellum.core.retention.MachineClocks;
import vellum.ingest.api.UnsealPort;

/** Who comes to a waiting room at the same time, and who cannot open one. */
@Timeout(60)
final class WaitingRoomTest {

  private static final int CALLERS = 4;

  @TempDir private Path directory;

  private Ground ground() {
    return Ground.open(
        SealedFixture.config(directory.resolve("data")),
        new MachineClocks(InstantSource.fixed(NodeFixture.NOW), System::nanoTime, Optional::empty),
        () -> {});
  }

  @Test
  void shouldOpenTheKeysOnceHoweverManySecretsComeAtOnce() throws Exception {
    // given
    Ground ground = ground();
    ExecutorService callers =
        Executors.newFixedThreadPool(CALLERS, NodeThreads.numbered("test-caller"));
    try (WaitingRoom room = WaitingRoom.open(ground, "sealed")) {
      CyclicBarrier together = new CyclicBarrier(CALLERS);
      // when
      List<Future<UnsealPort.Answer>> asked = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        asked.add(
            callers.submit(
                () -> {
                  together.await(30, TimeUnit.SECONDS);
                  try (KekSecret secret = KekSecret.of(SealedFixture.SECRET.toCharArray())) {
                    return room.unseal(secret, true);
                  }
                }));
      }
      List<UnsealPort.Answer> answers = new ArrayList<>();
      for (Future<UnsealPort.Answer> each : asked) {
        answers.add(each.get(30, TimeUnit.SECONDS));
      }
      // then
      assertThat(answers).filteredOn(UnsealPort.Opened.class::isInstance).hasSize(1);
      assertThat(answers)
          .filteredOn(UnsealPort.Refused.class::isInstance)
          .hasSize(CALLERS - 1)
          .allSatisfy(
              each ->
                  assertThat(((UnsealPort.Refused) each).why())
                      .isIn(UnsealPort.Why.UNSEALING, UnsealPort.Why.NOT_SEALED));
      // when: who opened them has the answer
      answers.stream()
          .filter(UnsealPort.Opened.class::isInstance)
          .forEach(each -> ((UnsealPort.Opened) each).goOn().run());
      // then
      assertThat(room.await()).isPresent();
    } finally {
      callers.shutdownNow();
      ground.closers().close();
    }
  }

  @Test
  void shouldLeaveNothingOpenWhenAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      NodeConfig config =
          SealedFixture.config(directory.resolve("data")).withPorts(taken.getLocalPort(), 0);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(
                () -> NodeStart.begin(config, InstantSource.fixed(NodeFixture.NOW), () -> {}))
            .isInstanceOf(NodeException.CannotListen.class)
            .hasMessageContaining("--tcp");
      }
    }
  }
}
