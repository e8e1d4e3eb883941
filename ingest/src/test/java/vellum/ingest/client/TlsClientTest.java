package vellum.ingest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.server.Rig;
import vellum.ingest.server.ServerConfig;
import vellum.ingest.tls.Certificates;
import vellum.ingest.tls.ClientCertificates;
import vellum.ingest.tls.ClientTls;
import vellum.ingest.tls.ClientTlsConfig;
import vellum.ingest.tls.ServerTls;
import vellum.ingest.tls.TlsConfig;
import vellum.ingest.tls.TlsEngine;

/** The Java client over TLS, against the real server; what it says when there is no agreement. */
final class TlsClientTest {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration LONG = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private Certificates ours;
  private Certificates foreign;

  @BeforeEach
  void make() {
    ours = Certificates.in(directory.resolve("ours"));
    foreign = Certificates.in(directory.resolve("foreign"));
  }

  private static ServerTls server(TlsConfig config) {
    return ServerTls.open(config, TlsEngine.best(), CLOCK);
  }

  private static VellumClient open(Rig rig, @Nullable ClientTls tls) {
    ClientPorts ports = Clients.ports();
    return VellumClient.open(
        Clients.config(rig.port()).waiting(16, 5_000, 500), tls == null ? ports : ports.over(tls));
  }

  private static ClientTls tls(ClientTlsConfig config) {
    return ClientTls.open(config, CLOCK);
  }

  private static ClientTlsConfig trusting(Certificates authority) {
    return ClientTlsConfig.trusting(authority.ca());
  }

  /** What a client that cannot come in is told with each record. */
  private static void refused(Rig rig, @Nullable ClientTls tls, String why) {
    Tally tally = new Tally();
    try (VellumClient client = open(rig, tls)) {
      boolean taken = isTaken(client, tally);
      assertThatThrownBy(() -> client.flush(LONG))
          .isInstanceOf(ClientException.TlsFailed.class)
          .hasMessageContaining(why);
      Rig.await("its outcome", () -> tally.answers() == (taken ? 1 : 0));
      assertThat(tally.taken()).isEmpty();
    }
    assertThat(rig.journal.records()).isEmpty();
  }

  /** A handshake may have failed before the record came. */
  private static boolean isTaken(VellumClient client, Tally tally) {
    try {
      client.send(Rig.record(1), tally.of(1));
      return true;
    } catch (ClientException.TlsFailed e) {
      return false;
    }
  }

  @Test
  void shouldSendOverBothEngines() {
    for (TlsEngine engine : TlsEngine.values()) {
      // given
      Certificates.Pair own = ours.client("gateway", "gateway.example");
      TlsConfig asking =
          ours.config(ours.server(), ClientCertificates.REQUIRED, ClientCertificates.NONE);
      Tally tally = new Tally();
      try (ServerTls server = ServerTls.open(asking, engine, CLOCK);
          Rig rig = new Rig(ServerConfig.defaults(), server)) {
        ClientTlsConfig shown = trusting(ours).showing(own.certificate(), own.key());
        // when
        try (VellumClient client =
            VellumClient.open(
                Clients.config(rig.port()).compressing(true),
                Clients.ports().over(ClientTls.open(shown, engine, CLOCK)))) {
          for (long i = 1; i <= 500; i++) {
            client.send(Rig.record(i), tally.of(i));
          }
          client.flush(LONG);
        }
        // then
        assertThat(tally.taken()).hasSize(500);
        assertThat(rig.journal.records()).hasSize(500);
        assertThat(rig.count("tls.failures")).isZero();
      }
    }
  }

  @Test
  void shouldNameAServerOfAnUnknownAuthority() {
    try (ServerTls server = server(ours.config(ours.server()));
        Rig rig = new Rig(ServerConfig.defaults(), server)) {
      refused(rig, tls(trusting(foreign)), "of no authority that is trusted here");
      refused(rig, tls(ClientTlsConfig.system()), "of no authority that is trusted here");
      refused(
          rig,
          tls(ClientTlsConfig.pinning(foreign.server().certificate())),
          "not the expected one");
    }
  }

  @Test
  void shouldNameAServerOfAnotherName() {
    try (ServerTls server = server(ours.config(ours.server("vellum.example.com", "10.0.0.5")));
        Rig rig = new Rig(ServerConfig.defaults(), server)) {
      refused(rig, tls(trusting(ours)), "not for the name or address that it was called by");
    }
  }

  @Test
  void shouldTakeThePinnedCertificateWhateverItsName() {
    Certificates.Pair pair = ours.server("vellum.example.com");
    try (ServerTls server = server(ours.config(pair));
        Rig rig = new Rig(ServerConfig.defaults(), server);
        VellumClient client = open(rig, tls(ClientTlsConfig.pinning(pair.certificate())))) {
      client.send(Rig.record(1), new Tally().of(1));
      client.flush(LONG);
      assertThat(rig.journal.records()).hasSize(1);
    }
  }

  @Test
  void shouldNameAnExpiredCertificate() {
    Instant from = Instant.now().minus(500, ChronoUnit.DAYS);
    Certificates old = Certificates.in(directory.resolve("old"), from);
    try (ServerTls server =
            ServerTls.open(
                old.config(old.server()), TlsEngine.best(), () -> from.plus(1, ChronoUnit.DAYS));
        Rig rig = new Rig(ServerConfig.defaults(), server)) {
      refused(rig, tls(trusting(old)), "the server's certificate has expired");
    }
  }

  @Test
  void shouldNameAMissingAndAForeignClientCertificate() {
    TlsConfig asking =
        ours.config(ours.server(), ClientCertificates.REQUIRED, ClientCertificates.NONE);
    Certificates.Pair other = foreign.client("other", "other");
    try (ServerTls server = server(asking);
        Rig rig = new Rig(ServerConfig.defaults(), server)) {
      refused(rig, tls(trusting(ours)), "the server asks for a client certificate");
      refused(
          rig,
          tls(trusting(ours).showing(other.certificate(), other.key())),
          "the server does not trust the client's certificate");
    }
  }

  @Test
  void shouldNameClearTextToATlsPortAndTheReverse() {
    try (ServerTls server = server(ours.config(ours.server()));
        Rig secured = new Rig(ServerConfig.defaults(), server);
        Rig clear = new Rig(Rig.quick())) {
      refused(secured, null, "the server takes TLS only");
      refused(clear, tls(trusting(ours)), "the server answers without TLS");
    }
  }

  @Test
  void shouldOutlastABadCertificateOnceItWasWelcomed() {
    // given
    Certificates.Pair pair = ours.server();
    ConcurrentLinkedQueue<String> reasons = new ConcurrentLinkedQueue<>();
    ClientListener listener =
        new ClientListener() {
          @Override
          public void incarnationChanged(int stream, long lastAnswered, long lastDurable) {}

          @Override
          public void disconnected(int stream, String reason, long retryInMs) {
            reasons.add(reason);
          }
        };
    Tally tally = new Tally();
    try (ServerTls server = server(ours.config(pair));
        Rig rig = new Rig(ServerConfig.defaults(), server);
        VellumClient client =
            VellumClient.open(
                Clients.config(rig.port()), Clients.ports(listener).over(tls(trusting(ours))))) {
      client.send(Rig.record(1), tally.of(1));
      client.flush(LONG);

      // when somebody puts a certificate there that no client believes
      copy(foreign.server(), pair);
      assertThat(server.reload()).isTrue();
      rig.stop();
      rig.start();
      client.send(Rig.record(2), tally.of(2));
      Rig.await("a refusal", () -> reasons.stream().anyMatch(each -> each.contains("authority")));

      // and mends it
      ours.server();
      assertThat(server.reload()).isTrue();
      client.flush(LONG);
    }
    assertThat(tally.taken()).isEqualTo(List.of(1L, 2L));
  }

  private static void copy(Certificates.Pair from, Certificates.Pair to) {
    try {
      Files.copy(from.certificate(), to.certificate(), StandardCopyOption.REPLACE_EXISTING);
      Files.copy(from.key(), to.key(), StandardCopyOption.REPLACE_EXISTING);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void shouldShowItsNewCertificateAtTheNextConnection() {
    // given
    TlsConfig asking =
        ours.config(ours.server(), ClientCertificates.REQUIRED, ClientCertificates.NONE);
    Certificates.Pair own = foreign.client("own", "own");
    ClientTls tls = tls(trusting(ours).showing(own.certificate(), own.key()));
    try (ServerTls server = server(asking);
        Rig rig = new Rig(ServerConfig.defaults(), server)) {
      refused(rig, tls, "does not trust the client's certificate");
      // when
      copy(ours.client("own", "own"), own);
      // then
      try (VellumClient client = open(rig, tls)) {
        client.send(Rig.record(1), new Tally().of(1));
        client.flush(LONG);
      }
      assertThat(rig.journal.records()).hasSize(1);
    }
  }
}
