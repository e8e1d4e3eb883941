package vellum.ingest.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vellum.v1.Failure;
import vellum.v1.FailureCode;

/** A streaming server without a key: it takes nothing, and says when to come back. */
final class SealedServerTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final IngestServer server =
      IngestServer.start(
          Rig.quick(),
          new ServerPorts(
              null,
              InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z")),
              meters,
              Rig::thread,
              null));

  @AfterEach
  void stop() {
    server.close();
  }

  private Peer peer() {
    return new Peer(server.address().getPort());
  }

  private double failures(FailureCode code) {
    return meters.get("vellum.ingest.failures").tag("code", code.name()).counter().count();
  }

  @Test
  void shouldTellWhoeverSaysHelloToComeBack() {
    try (Peer peer = peer().send(Peer.hello().setToken("whatever"))) {
      Failure failure = peer.failure();
      assertThat(failure.getCode()).isEqualTo(FailureCode.SEALED);
      assertThat(failure.getRetryAfterMs()).isEqualTo(Rig.quick().retryAfterMs());
      assertThat(failure.getReason()).doesNotContain("whatever");
    }
    assertThat(failures(FailureCode.SEALED)).isOne();
  }

  @Test
  void shouldStillSayWhatIsWrongWithAHelloOrInPlaceOfOne() {
    try (Peer peer = peer().send(Peer.hello().setSchema(7))) {
      assertThat(peer.failure().getCode()).isEqualTo(FailureCode.UNKNOWN_SCHEMA);
    }
    try (Peer peer = peer().send(Peer.batch(1, 1))) {
      assertThat(peer.failure().getCode()).isEqualTo(FailureCode.GARBLED_FRAME);
    }
    try (Peer silent = peer()) {
      assertThat(silent.failure().getCode()).isEqualTo(FailureCode.HANDSHAKE_TIMEOUT);
    }
  }
}
