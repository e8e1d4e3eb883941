package vellum.ingest.endpoint;

import java.io.IOException;
import java.net.ConnectException;
import vellum.ingest.tls.TlsFault;

/** What a call that got no answer is told as, and what to do about it. Stateless. */
final class CallFault {

  private CallFault() {}

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
