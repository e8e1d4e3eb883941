package vellum.core.envelope;

import java.io.IOException;

/** The way to a time stamping authority (RFC 3161, over HTTP section 3.4). Thread-safe. */
public interface StampPort {

  /**
   * Sends a request and waits for the answer.
   *
   * @param request DER, {@code application/timestamp-query}
   * @return DER, {@code application/timestamp-reply}
   * @throws IOException when there is none, or one that is too long
   */
  byte[] ask(byte[] request) throws IOException;
}
