package vellum.ingest.endpoint;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import vellum.ingest.tls.TlsFault;

/** What a call that got no answer is told as, and what to do about it. Stateless. */
final class CallFault {

  private CallFault() {}

  /** Nothing came in time. Who expects no TLS may wait for the rest of what it takes for a line. */
  static EndpointException late(HttpTimeoutException failure, Endpoint endpoint) {
    boolean isAtOnce = failure instanceof HttpConnectTimeoutException && endpoint.tls() != null;
    return new EndpointException.Unreachable(
        "the server at "
            + endpoint.http()
            + " does not answer; "
            + (isAtOnce ? "see whether it takes TLS, and its log" : "see its log"));
  }

  /** A connection that was not made, or broke. */
  static EndpointException of(IOException failure, Endpoint endpoint) {
    String insecure = TlsFault.explain(failure).orElse("");
    if (!insecure.isEmpty()) {
      return new EndpointException.Insecure(
          "no secure connection to " + endpoint.http() + ": " + insecure);
    }
    if (!endpoint.isHere() && !(failure instanceof ConnectException)) {
      return new EndpointException.Insecure(
          endpoint.http()
              + " hangs up without an answer: "
              + (endpoint.tls() == null
                  ? "it may take https:// only"
                  : "it may ask for a client certificate (--certificate, --key)"));
    }
    return new EndpointException.Unreachable(
        "no server answers at "
            + endpoint.http()
            + (endpoint.isHere()
                ? "; start it with: vellum serve"
                : "; see whether it runs, and whether the address is right"));
  }

  static EndpointException unauthorized(Endpoint endpoint) {
    return new EndpointException.Refused(
        endpoint.isHere()
            ? "the server refuses the token: it may have expired, been revoked, or be another server's"
            : "the server refuses the token (VELLUM_TOKEN, --token-file) or certificate: it may have"
                + " expired, been revoked, or be another server's");
  }
}
