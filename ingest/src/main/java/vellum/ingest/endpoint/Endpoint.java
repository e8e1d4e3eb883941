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

/**
 * Where a server listens, and the token it asks for. Immutable; {@code toString} hides the token.
 *
 * @param http {@code host:port} of the HTTP endpoint, or empty when only records are sent
 * @param tcp {@code host:port} of the stream
 */
public record Endpoint(String http, String tcp, String token) {

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
    String start = "start it with: vellum serve --data " + data;
    Path file = data.resolve(ADDRESS_FILE);
    try {
      JsonNode address = JSON.readTree(Files.readAllBytes(file));
      String token = readToken(data.resolve(TOKEN_FILE));
      return new Endpoint(address.path("http").asText(), address.path("tcp").asText(), token);
    } catch (NoSuchFileException e) {
      throw new EndpointException.Unreachable("no server runs on " + data + "; " + start);
    } catch (AccessDeniedException e) {
      throw new EndpointException.Refused(
          file + " is another user's; run this as the user who runs the server");
    } catch (IOException | IllegalArgumentException e) {
      throw new EndpointException.Unreachable(file + " is damaged; stop the server, then " + start);
    }
  }

  /** A server elsewhere, for records only. */
  public static Endpoint of(String tcp, Path tokenFile) {
    try {
      return new Endpoint("", tcp, readToken(tokenFile));
    } catch (IOException e) {
      throw new EndpointException.Refused(
          "cannot read the token file "
              + tokenFile
              + "; give --token-file a file that you can read");
    }
  }

  /** Host of {@link #tcp}. */
  public String tcpHost() {
    return address(tcp).getHost();
  }

  /** Port of {@link #tcp}. */
  public int tcpPort() {
    return port(tcp);
  }

  @Override
  public String toString() {
    return "Endpoint[http=" + http + ", tcp=" + tcp + "]";
  }

  private static String readToken(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static int port(String hostAndPort) {
    return address(hostAndPort).getPort();
  }

  private static URI address(String hostAndPort) {
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
