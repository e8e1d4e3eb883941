package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.EndpointException;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.server.Peer;
import vellum.ingest.tls.Certificates;
import vellum.ingest.tls.ClientTls;
import vellum.ingest.tls.ClientTlsConfig;
import vellum.v1.FailureCode;

/** TLS and client certificates of a sealed server are those of the node behind it. */
@Timeout(120)
final class SealedTlsTest {

  @TempDir private Path directory;

  @Test
  void shouldTakeTheSecretFromWhoShowsAnOperatorsCertificateOverTlsOnly() throws Exception {
    // given
    Certificates certificates = Certificates.in(directory.resolve("dev"));
    Certificates.Pair server = certificates.server();
    Certificates.Pair operator =
        certificates.client("operations", "spiffe://example.com/operations");
    Path data = directory.resolve("data");
    try (SealedFixture sealed =
        SealedFixture.beginNow(
            data,
            "access.certificates=" + names(),
            "tls.certificate=" + server.certificate(),
            "tls.key=" + server.key(),
            "tls.client_ca=" + certificates.ca(),
            "tls.ingest_clients=required",
            "tls.http_clients=wanted")) {
      // then: in clear
      HttpResponse<String> clear = sealed.unsealFirst(SealedFixture.SECRET);
      SealedFixture.refused(clear, 400, "TLS_REQUIRED");
      try (Peer peer = new Peer(sealed.start.tcpAddress().getPort())) {
        peer.send(Peer.hello());
        assertThat(peer.failure().getCode()).isEqualTo(FailureCode.TLS_REQUIRED);
      }
      // then: a producer with a certificate is told what is awaited, one without gets no answer
      int tcp = sealed.start.tcpAddress().getPort();
      try (Peer peer =
          Peer.secured(
              tcp,
              tls(certificates, certificates.client("gateway", "gateway.example.com"))
                  .javaContext(),
              "TLSv1.3")) {
        peer.send(Peer.hello());
        assertThat(peer.failure().getCode()).isEqualTo(FailureCode.SEALED);
      }
      assertThatThrownBy(
              () -> {
                try (Peer peer =
                    Peer.secured(tcp, trusting(certificates).javaContext(), "TLSv1.3")) {
                  peer.send(Peer.hello());
                  peer.failure();
                }
              })
          .isInstanceOfAny(IOException.class, UncheckedIOException.class);
      // then: who may give the secret
      var body =
          JsonNodeFactory.instance
              .objectNode()
              .put("secret", SealedFixture.SECRET)
              .put("first", true);
      ServerCalls gateway =
          calls(sealed, tls(certificates, certificates.client("other", "gateway.example.com")));
      assertThatThrownBy(() -> gateway.post("/v1/keys/unseal", body))
          .isInstanceOfSatisfying(
              EndpointException.Problem.class, e -> assertThat(e.status()).isEqualTo(403));
      // when
      ServerCalls operations = calls(sealed, tls(certificates, operator));
      assertThat(operations.post("/v1/keys/unseal", body).get("unsealed").asBoolean()).isTrue();
      // then: the node behind it believes the same
      assertThat(sealed.node()).isPresent();
      assertThat(calls(sealed, tls(certificates, operator)).get("/v1/status").has("journal"))
          .isTrue();
    }
  }

  private Path names() throws IOException {
    return Files.writeString(
        directory.resolve("names.yaml"),
        """
        format: 1
        certificates:
          - san: gateway.example.com
            name: gateway
            roles: [producer]
          - san: spiffe://example.com/operations
            name: operations
            roles: [operator]
        """);
  }

  private static ClientTls trusting(Certificates certificates) {
    return ClientTls.open(ClientTlsConfig.trusting(certificates.ca()), InstantSource.system());
  }

  private static ClientTls tls(Certificates certificates, Certificates.Pair own) {
    return ClientTls.open(
        ClientTlsConfig.trusting(certificates.ca()).showing(own.certificate(), own.key()),
        InstantSource.system());
  }

  private static ServerCalls calls(SealedFixture sealed, ClientTls tls) {
    String http = "127.0.0.1:" + sealed.start.httpAddress().getPort();
    return new ServerCalls(new Endpoint(http, http, "", tls, false));
  }
}
