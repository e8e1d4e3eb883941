package vellum.ingest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vellum.ingest.server.Rig;
import vellum.v1.DetailRecord;
import vellum.v1.Failure;
import vellum.v1.FailureCode;

final class ClientFailuresTest {

  private final Rig rig = new Rig(Rig.quick());
  private final Tally tally = new Tally();

  @AfterEach
  void close() {
    rig.close();
  }

  private ClientConfig config() {
    return Clients.config(rig.port());
  }

  private void checkEnds(VellumClient client, Class<? extends ClientException> type) {
    try (client) {
      client.send(Rig.record(1), tally.of(1));
      Rig.await("the answer", () -> tally.answers() == 1);
      assertThat(tally.failed()).hasSize(1).hasOnlyElementsOfType(type);
      assertThatThrownBy(() -> client.send(Rig.record(2))).isInstanceOf(type);
    }
  }

  @Test
  void shouldEndWithABadToken() {
    ClientPorts ports = ClientPorts.of(() -> "bad", new Random(1), Rig::thread);
    checkEnds(VellumClient.open(config(), ports), ClientException.BadToken.class);
  }

  @Test
  void shouldEndWhenANewerEpochHasTheStream() {
    ClientConfig newer = ClientConfig.of("127.0.0.1", rig.port(), "p", "i", 2);
    try (VellumClient client = Clients.open(newer)) {
      client.send(Rig.record(1)).join();
    }
    checkEnds(Clients.open(config()), ClientException.Fenced.class);
  }

  @Test
  void shouldEndWhenAnotherProcessHasItsName() {
    try (VellumClient client = Clients.open(config())) {
      client.send(Rig.record(1)).join();
    }
    checkEnds(Clients.open(config()), ClientException.Fenced.class);
  }

  @Test
  void shouldEndWhenTheHelloIsBad() {
    ClientConfig bad = ClientConfig.of("127.0.0.1", rig.port(), "", "i", 1);
    checkEnds(Clients.open(bad), ClientException.Refused.class);
  }

  @Test
  void shouldEndWhenOneRecordIsBeyondTheServersLimits() {
    // given
    DetailRecord large = Rig.record(2).toBuilder().setAccount("x".repeat(65_536)).build();
    try (VellumClient client = Clients.open(config().batching(1_000, 2_000, 512 * 1024))) {
      // when
      client.send(Rig.record(1), tally.of(1));
      client.send(large, tally.of(2));
      Rig.await("the end", () -> !tally.failed().isEmpty());
    }
    // then
    assertThat(tally.failed())
        .hasOnlyElementsOfType(ClientException.BeyondLimits.class)
        .allSatisfy(
            e ->
                assertThat(e)
                    .hasMessageMatching(
                        "bytes of one record's batch: 655[0-9]{2}, the server takes 65536"));
  }

  @Test
  void shouldRenewItsToken() {
    AtomicReference<String> token = new AtomicReference<>(Rig.TOKEN);
    ClientPorts ports = ClientPorts.of(token::get, new Random(1), Rig::thread);
    try (VellumClient client = VellumClient.open(config(), ports)) {
      client.send(Rig.record(1)).join();
      token.set("revoked");
      Rig.await("the renewal", () -> isEnded(client));
    }
  }

  private static boolean isEnded(VellumClient client) {
    try {
      client.send(Rig.record(2), new Tally().of(2));
      return false;
    } catch (ClientException.BadToken e) {
      return true;
    }
  }

  @Test
  void shouldReturnAfterFailuresThatPass() {
    Set<FailureCode> passing =
        EnumSet.of(
            FailureCode.GARBLED_FRAME,
            FailureCode.BAD_CRC,
            FailureCode.HANDSHAKE_TIMEOUT,
            FailureCode.FRAME_TIMEOUT,
            FailureCode.IDLE_TIMEOUT,
            FailureCode.TOO_MANY_CONNECTIONS,
            FailureCode.DISK_LOW,
            FailureCode.JOURNAL_FAILED,
            FailureCode.CERTIFICATE_EXPIRED,
            FailureCode.SEALED,
            FailureCode.SHUTTING_DOWN,
            FailureCode.SLOW_READER,
            FailureCode.FAILURE_CODE_UNSPECIFIED);
    for (FailureCode code : FailureCode.values()) {
      if (code != FailureCode.UNRECOGNIZED) {
        ClientException ending = Failures.ending(Failure.newBuilder().setCode(code).build());
        assertThat(ending == null).as(code.name()).isEqualTo(passing.contains(code));
      }
    }
  }
}
