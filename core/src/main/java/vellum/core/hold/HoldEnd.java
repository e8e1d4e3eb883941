package vellum.core.hold;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of what a hold kept, as far as it has come. Immutable.
 *
 * @param key id of the key that was destroyed
 * @param destroyedAt when that was durable
 * @param records that were in the vault
 * @param certificate CMS signed data, DER, once all copies of the key are gone
 */
public record HoldEnd(String key, Instant destroyedAt, long records, Optional<byte[]> certificate) {

  HoldEnd certified(byte[] cms) {
    return new HoldEnd(key, destroyedAt, records, Optional.of(cms));
  }

  @Override
  public String toString() {
    return "end of key " + key + " at " + destroyedAt;
  }
}
