package vellum.ingest.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vellum.v1.FailureCode;

/** The short form of reliability test T7: strangers that keep sockets busy cost others nothing. */
final class HostileClientsTest {

  private static final int STRANGERS = 300;

  private final Rig rig = new Rig(ServerConfig.defaults());

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldServeAGoodClientBesideSlowStrangers() {
    List<Peer> strangers = new ArrayList<>();
    for (int i = 0; i < STRANGERS; i++) {
      strangers.add(new Peer(rig.port()));
    }
    try (Peer good = Peer.welcomed(rig)) {
      // when each of the strangers sends a byte of a frame that it does not finish
      byte[] slow = {0, 0, 1, 0, 7, 7, 7, 7, 7, 7, 7, 7};
      for (int at = 0; at < slow.length; at++) {
        for (Peer each : strangers) {
          each.sendBytes(slow[at]);
        }
        good.send(Peer.batch(at * 100L + 1, 100));
        assertThat(good.ack()).isEqualTo((at + 1) * 100L);
      }
    }
    assertThat(rig.meters.find("vellum.ingest.connections").gauge().value())
        .isGreaterThanOrEqualTo(STRANGERS);
    // then they are closed when their time for a hello is over
    Rig.await("their end", () -> failures() == STRANGERS);
    strangers.forEach(Peer::close);
    assertThat(rig.count("faults")).isZero();
  }

  private double failures() {
    return rig.meters
        .find("vellum.ingest.failures")
        .tag("code", FailureCode.HANDSHAKE_TIMEOUT.name())
        .counter()
        .count();
  }
}
