package vellum.ingest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.tls.Certificates;
import vellum.ingest.tls.ClientCertificates;
import vellum.ingest.tls.ClientTls;
import vellum.ingest.tls.ClientTlsConfig;
import vellum.ingest.tls.ServerTls;
import vellum.ingest.tls.TlsConfig;
import vellum.ingest.tls.TlsEngine;
import vellum.v1.Failure;
import vellum.v1.FailureCode;
import vellum.v1.Frame;

/** Handshakes of Java's own TLS with the streaming server, by both of its engines. */
final class TlsServerTest {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final String[] BOTH = {"TLSv1.3", "TLSv1.2"};

  @TempDir private Path directory;
  private Certificates ours;
  private Certificates foreign;

  @BeforeEach
  void make() {
    ours = Certificates.in(directory.resolve("ours"));
    foreign = Certificates.in(directory.resolve("foreign"));
  }

  private static SSLContext trusting(Certificates authority) {
    return ClientTls.open(ClientTlsConfig.trusting(authority.ca()), CLOCK).javaContext();
  }

  private static SSLContext showing(Certificates authority, Certificates.Pair own) {
    return ClientTls.open(
            ClientTlsConfig.trusting(authority.ca()).showing(own.certificate(), own.key()), CLOCK)
        .javaContext();
  }

  private TlsConfig asking(ClientCertificates wish) {
    return ours.config(ours.server(), wish, ClientCertificates.NONE);
  }

  private static Frame hello() {
    return Frame.newBuilder().setHello(Peer.hello()).build();
  }

  private static Certificate shown(Rig rig, SSLContext client) throws IOException {
    try (Peer peer = Peer.secured(rig.port(), client, BOTH)) {
      return peer.session().getPeerCertificates()[0];
    }
  }

  @Test
  void shouldHaveTheNativeEngineHere() {
    assertThat(TlsEngine.best()).isEqualTo(TlsEngine.NATIVE);
    assertThat(TlsEngine.NATIVE.words()).isEqualTo("BoringSSL by netty-tcnative");
  }

  @Test
  void shouldStreamInBothVersionsByBothEngines() throws Exception {
    for (TlsEngine engine : TlsEngine.values()) {
      for (String version : BOTH) {
        // given
        try (ServerTls tls = ServerTls.open(ours.config(ours.server()), engine, CLOCK);
            Rig rig = new Rig(ServerConfig.defaults(), tls);
            Peer peer = Peer.secured(rig.port(), trusting(ours), version)) {
          // when
          peer.send(hello());
          // then
          assertThat(peer.receive().hasWelcome()).isTrue();
          assertThat(peer.session().getProtocol()).isEqualTo(version);
          assertThat(peer.send(Peer.batch(1, 400)).ack()).isEqualTo(400);
          peer.goodbye(400);
          assertThat(peer.receive().hasGoodbye()).isTrue();
          assertThat(peer.read()).as("ended by TLS, not cut").isEqualTo(-1);
          assertThat(rig.count("faults")).isZero();
        }
      }
    }
  }

  @Test
  void shouldTellAClientInClearThatItTakesTlsOnly() {
    try (ServerTls tls = ServerTls.open(ours.config(ours.server()), TlsEngine.best(), CLOCK);
        Rig rig = new Rig(ServerConfig.defaults(), tls);
        Peer peer = new Peer(rig.port())) {
      // when
      Failure failure = peer.send(hello()).failure();
      // then
      assertThat(failure.getCode()).isEqualTo(FailureCode.TLS_REQUIRED);
      assertThat(rig.journal.records()).isEmpty();
    }
  }

  @Test
  void shouldTellATlsClientInClearWhenItHasNone() {
    try (Rig rig = new Rig(Rig.quick())) {
      assertThatThrownBy(() -> Peer.secured(rig.port(), trusting(ours), BOTH))
          .isInstanceOf(SSLException.class);
      Rig.await(
          "the connection's end",
          () -> rig.meters.get("vellum.ingest.connections").gauge().value() == 0);
    }
  }

  @Test
  void shouldRefuseWhoShowsNoCertificateOrAForeignOne() throws Exception {
    for (TlsEngine engine : TlsEngine.values()) {
      for (String version : BOTH) {
        try (ServerTls tls = ServerTls.open(asking(ClientCertificates.REQUIRED), engine, CLOCK);
            Rig rig = new Rig(ServerConfig.defaults(), tls)) {
          // when
          assertThatThrownBy(() -> converse(rig, trusting(ours), version))
              .as(engine + " " + version)
              .isInstanceOf(SSLException.class)
              .hasMessageContaining("fatal alert");
          assertThatThrownBy(
                  () -> converse(rig, showing(ours, foreign.client("other", "other")), version))
              .isInstanceOf(IOException.class);
          // then
          assertThat(rig.journal.records()).isEmpty();
          Rig.await("the count", () -> rig.count("tls.failures") >= 2);
          assertThat(rig.count("faults")).isZero();
          converse(rig, showing(ours, ours.client("gateway", "gateway.example")), version);
        }
      }
    }
  }

  /** In TLS 1.3 a client hears of its certificate's refusal only when it reads. */
  private static void converse(Rig rig, SSLContext client, String version) throws IOException {
    try (Peer peer = Peer.secured(rig.port(), client, version)) {
      if (peer.send(hello()).read() < 0) {
        throw new IOException("ended without an answer");
      }
    }
  }

  @Test
  void shouldLetInWhoShowsNoneWhenItIsWantedOnly() throws Exception {
    for (TlsEngine engine : TlsEngine.values()) {
      try (ServerTls tls = ServerTls.open(asking(ClientCertificates.WANTED), engine, CLOCK);
          Rig rig = new Rig(ServerConfig.defaults(), tls)) {
        converse(rig, trusting(ours), "TLSv1.3");
        converse(rig, showing(ours, ours.client("gateway", "gateway.example")), "TLSv1.3");
        assertThatThrownBy(
                () -> converse(rig, showing(ours, foreign.client("other", "other")), "TLSv1.2"))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void shouldEndAClientThatNeverShakesHands() throws Exception {
    try (ServerTls tls = ServerTls.open(ours.config(ours.server()), TlsEngine.best(), CLOCK);
        Rig rig = new Rig(Rig.quick(), tls);
        Socket socket = new Socket("127.0.0.1", rig.port())) {
      // when
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(22);
      // then
      socket.getInputStream().readAllBytes();
      Rig.await("its end", () -> rig.meters.get("vellum.ingest.connections").gauge().value() == 0);
      assertThat(rig.count("faults")).isZero();
    }
  }

  @Test
  void shouldShowANewCertificateToNewConnectionsOnly() throws Exception {
    for (TlsEngine engine : TlsEngine.values()) {
      // given
      try (ServerTls tls = ServerTls.open(ours.config(ours.server()), engine, CLOCK);
          Rig rig = new Rig(ServerConfig.defaults(), tls);
          Peer open = Peer.secured(rig.port(), trusting(ours), BOTH)) {
        open.send(hello());
        assertThat(open.receive().hasWelcome()).isTrue();
        Certificate before = shown(rig, trusting(ours));
        assertThat(tls.reload()).as("nothing has changed").isFalse();

        // when
        ours.server();
        assertThat(tls.reload()).isTrue();

        // then
        assertThat(shown(rig, trusting(ours))).isNotEqualTo(before);
        assertThat(open.send(Peer.batch(1, 3)).ack()).isEqualTo(3);
      }
    }
  }

  @Test
  void shouldKeepTheLastGoodCertificateAndSayWhy() throws Exception {
    // given
    Certificates.Pair pair = ours.server();
    try (ServerTls tls = ServerTls.open(ours.config(pair), TlsEngine.best(), CLOCK);
        Rig rig = new Rig(ServerConfig.defaults(), tls)) {
      Certificate before = shown(rig, trusting(ours));
      String good = Files.readString(pair.certificate());

      // when
      Files.writeString(pair.certificate(), "not a certificate");
      // then
      assertThat(tls.reload()).isFalse();
      assertThat(tls.trouble()).contains("server.pem holds no certificate");
      assertThat(shown(rig, trusting(ours))).isEqualTo(before);

      // and when only one of the two files is there yet
      Files.copy(
          foreign.server().certificate(), pair.certificate(), StandardCopyOption.REPLACE_EXISTING);
      assertThat(tls.reload()).isFalse();
      assertThat(tls.trouble()).contains("server.key is not the key of");
      assertThat(shown(rig, trusting(ours))).isEqualTo(before);

      // and when it is gone for a moment
      Files.delete(pair.certificate());
      assertThat(tls.reload()).isFalse();
      assertThat(tls.trouble()).contains("there is no such file");
      Files.writeString(pair.certificate(), good);
      assertThat(tls.reload()).isTrue();
      assertThat(tls.trouble()).isEmpty();

      // and when what is in use is gone and comes back as it was
      Files.delete(pair.certificate());
      assertThat(tls.reload()).isFalse();
      Files.writeString(pair.certificate(), good);
      tls.reload();
      assertThat(tls.trouble()).isEmpty();
      assertThat(shown(rig, trusting(ours))).isEqualTo(before);
    }
  }

  @Test
  void shouldBelieveNewAuthoritiesOfClients() throws Exception {
    // given
    TlsConfig config = asking(ClientCertificates.REQUIRED);
    SSLContext one = showing(ours, ours.client("one", "one"));
    SSLContext other = showing(ours, foreign.client("other", "other"));
    try (ServerTls tls = ServerTls.open(config, TlsEngine.best(), CLOCK);
        Rig rig = new Rig(ServerConfig.defaults(), tls)) {
      converse(rig, one, "TLSv1.3");

      // when
      Files.copy(foreign.ca(), config.clientCa(), StandardCopyOption.REPLACE_EXISTING);
      assertThat(tls.reload()).isTrue();

      // then
      converse(rig, other, "TLSv1.3");
      assertThatThrownBy(() -> converse(rig, one, "TLSv1.3")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldTellWhenItsCertificateEnds() {
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    Certificates dated = Certificates.in(directory.resolve("dated"), from);
    try (ServerTls tls =
        ServerTls.open(
            dated.config(dated.server()), TlsEngine.JAVA, () -> from.plus(1, ChronoUnit.DAYS))) {
      assertThat(tls.expiresAt()).isEqualTo("2027-01-01T00:00:00Z");
    }
  }
}
