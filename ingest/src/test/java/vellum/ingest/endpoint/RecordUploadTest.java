package vellum.ingest.endpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vellum.ingest.server.IngestServer;
import vellum.ingest.server.Rig;
import vellum.ingest.server.ServerPorts;

final class RecordUploadTest {

  private static IngestServer sealed() {
    return IngestServer.start(
        Rig::quick,
        new ServerPorts(
            null,
            InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z")),
            new SimpleMeterRegistry(),
            Rig::thread,
            null));
  }

  private static RecordUpload upload(IngestServer server) {
    String address = "127.0.0.1:" + server.address().getPort();
    return RecordUpload.open(
        new Endpoint("", address, Rig.TOKEN, null, false),
        (row, code, reason) -> {},
        new RecordUpload.Ports(
            "file", Duration.ofSeconds(1), 1, System::nanoTime, new Random(1), Rig::thread));
  }

  @Test
  void shouldSayWithWhatASealedServerRefuses() {
    // given
    try (IngestServer server = sealed();
        RecordUpload upload = upload(server)) {
      // when
      upload.send(Rig.record(1), 1);
      // then
      assertThatThrownBy(upload::flush)
          .isInstanceOf(EndpointException.Unreachable.class)
          .hasMessageStartingWith(
              "the server has not answered for 1 s; its last connection ended with SEALED; 0"
                  + " records were acknowledged; ");
    }
  }
}
