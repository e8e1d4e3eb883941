package vellum.ingest.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import vellum.ingest.tls.ClientTls;
import vellum.ingest.tls.ClientTlsConfig;

/**
 * Where a server listens, and how one proves oneself to it. {@code toString} hides the token.
 *
 * @param http {@code host:port} of the HTTP endpoint, or empty when only records are sent
 * @param tcp {@code host:port} of the stream
 * @param token empty when a certificate stands for it
 * @param tls of both; null: they are in clear
 * @param isHere whether it was found by its data directory on this machine
 */
public record Endpoint(
    String http, String tcp, String token, @Nullable ClientTls tls, boolean isHere) {

  /** Written by a server into its data directory, removed at a clean stop. */
  static final String ADDRESS_FILE = "endpoint.json";

  /** Written by a server into its data directory, kept over restarts. */
  static final String TOKEN_FILE = "token";

  private static final ObjectMapper JSON = new ObjectMapper();

  public Endpoint {
    if (!http.isEmpty()) {
      port(http);
    }
    port(tcp);
  }

  /**
   * The server that runs on a data directory.
   *
   * @throws EndpointException.Unreachable when none does
   */
  public static Endpoint of(Path data) {
    return of(data, null, ClientTlsConfig.system());
  }

  /**
   * The same with a proof of one's own.
   *
   * @param token null: the one in the data directory
   * @param own of which the certificate is shown; the server's is known from its own file
   */
  public static Endpoint of(Path data, @Nullable String token, ClientTlsConfig own) {
    String start = "start it with: vellum serve --data " + data;
    Path file = data.resolve(ADDRESS_FILE);
    try {
      JsonNode address = JSON.readTree(Files.readAllBytes(file));
      String proof = token == null ? ownToken(data.resolve(TOKEN_FILE), own) : token;
      return new Endpoint(
          address.path("http").asText(),
          address.path("tcp").asText(),
          proof,
          tls(address.path("certificate").asText(""), own),
          true);
    } catch (NoSuchFileException e) {
      throw new EndpointException.Unreachable("no server runs on " + data + "; " + start);
    } catch (AccessDeniedException e) {
      throw new EndpointException.Refused(
          file + " is another user's; run this as the user who runs the server");
    } catch (IOException | IllegalArgumentException e) {
      throw new EndpointException.Unreachable(file + " is damaged; stop the server, then " + start);
    }
  }

  private static @Nullable ClientTls tls(String certificate, ClientTlsConfig own) {
    return certificate.isEmpty()
        ? null
        : ClientTls.open(
            ClientTlsConfig.pinning(Path.of(certificate)).showing(own.certificate(), own.key()),
            InstantSource.system());
  }

  /** The administrator's, which a server that others can reach may not have. */
  private static String ownToken(Path file, ClientTlsConfig own) throws IOException {
    if (Files.notExists(file) && !own.certificate().toString().isEmpty()) {
      return "";
    } else if (Files.notExists(file)) {
      throw new EndpointException.Refused(
          "there is no token in " + file + "; give one with --token-file or VELLUM_TOKEN");
    }
    return readToken(file);
  }

  /** Host of {@link #tcp}. */
  public String tcpHost() {
    return address(tcp).getHost();
  }

  /** Port of {@link #tcp}. */
  public int tcpPort() {
    return port(tcp);
  }

  /** The HTTP endpoint as the beginning of a URL. */
  public String url() {
    return (tls == null ? "http://" : "https://") + http;
  }

  @Override
  public String toString() {
    return "Endpoint[http=" + http + ", tcp=" + tcp + ", tls=" + (tls != null) + "]";
  }

  /** Reads a token's file. */
  public static String readToken(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static int port(String hostAndPort) {
    return address(hostAndPort).getPort();
  }

  static URI address(String hostAndPort) {
    try {
      URI uri = new URI("tcp://" + hostAndPort);
      if (uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= 65_535) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Answered below, like every other address that is none.
    }
    throw new IllegalArgumentException("an address is host:port, such as 127.0.0.1:7171");
  }
}
