package vellum.core.access;

import java.time.Instant;
import java.util.List;

/**
 * What a connection shows of whoever opened it. Immutable; {@code toString} hides the token.
 *
 * @param token as it was sent; empty when there is none
 * @param sans subject alternative names of the peer's verified certificate, as text ({@code
 *     producer-1.example}, {@code spiffe://…}); empty without one
 * @param certifiedUntil when that certificate ends; {@link Instant#MAX} without one
 * @param remote the peer's address without its port, as text: what failed attempts are counted by
 */
public record Credentials(String token, List<String> sans, Instant certifiedUntil, String remote) {

  public Credentials {
    sans = List.copyOf(sans);
  }

  /** Of a connection without a certificate. */
  public static Credentials ofToken(String token, String remote) {
    return new Credentials(token, List.of(), Instant.MAX, remote);
  }

  @Override
  public String toString() {
    return "Credentials[token="
        + (token.isEmpty() ? "none" : "hidden")
        + ", sans="
        + sans.size()
        + ", remote="
        + remote
        + "]";
  }
}
