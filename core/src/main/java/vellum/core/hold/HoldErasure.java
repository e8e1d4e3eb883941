package vellum.core.hold;

import java.time.Instant;

/** Port: ends the copies of a released hold's key, and certifies its end. For one thread. */
@FunctionalInterface
public interface HoldErasure {

  /**
   * Replaces the key-encryption key, rewrites the backups of keys, and signs. A hold that is no
   * secret has its certificate in the list of all. May be repeated.
   *
   * @return CMS signed data, DER
   */
  byte[] certify(Hold hold, HoldEnd end, Instant at);
}
