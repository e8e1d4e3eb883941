package vellum.ingest.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.regex.Pattern;
import vellum.ingest.tls.ClientTls;
import vellum.ingest.tls.ClientTlsConfig;

/**
 * A server elsewhere, by its address.
 *
 * @param server {@code https://host:port}; without scheme it is https, without port 7480. {@code
 *     http://} is taken for this machine only, since the token would travel in clear
 * @param stream {@code host:port} of the stream; empty: port 7400 of the same host
 * @param tls whom to believe, and what to show
 */
public record RemoteServer(String server, String stream, ClientTlsConfig tls) {

  private static final int HTTP_PORT = 7480;
  private static final int STREAM_PORT = 7400;
  private static final int MOST_PORT = 65_535;

  /** Not what merely begins so: 127.0.0.1.example.com is somebody else's. */
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

  /**
   * Where it is, with a proof.
   *
   * @param token empty when the certificate stands for it
   * @throws IllegalArgumentException when an address is none, or would show the token
   * @throws vellum.ingest.tls.TlsException naming a file of TLS that is not good
   */
  public Endpoint endpoint(String token) {
    URI uri = parse();
    boolean isSecure = uri.getScheme().equals("https");
    if (!isSecure && !isThisMachine(uri.getHost())) {
      throw new IllegalArgumentException(
          "http:// would show the token to everybody on the way: use https://");
    }
    int port = uri.getPort() < 0 ? HTTP_PORT : uri.getPort();
    return new Endpoint(
        uri.getHost() + ":" + port,
        stream.isEmpty() ? uri.getHost() + ":" + STREAM_PORT : stream,
        token,
        isSecure ? ClientTls.open(tls, InstantSource.system()) : null,
        false);
  }

  private URI parse() {
    try {
      URI uri = new URI(server.contains("://") ? server : "https://" + server);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean isPlain =
          uri.getUserInfo() == null
              && uri.getQuery() == null
              && uri.getFragment() == null
              && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
      if ((scheme.equals("https") || scheme.equals("http"))
          && uri.getHost() != null
          && isPlain
          && uri.getPort() != 0
          && uri.getPort() <= MOST_PORT) {
        return new URI(scheme, null, uri.getHost(), uri.getPort(), null, null, null);
      }
    } catch (URISyntaxException e) {
      // Answered below, like every other address that is none.
    }
    throw new IllegalArgumentException(
        "a server is https://host:port, such as https://vellum.example.com:7480");
  }

  private static boolean isThisMachine(String host) {
    return THIS_MACHINE.matcher(host).matches();
  }
}
