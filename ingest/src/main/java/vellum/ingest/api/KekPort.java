package vellum.ingest.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.KekSecret;

/** Port: what operators ask of the key-encryption key, and what they tell it. Thread-safe. */
public interface KekPort {

  /** How the key-encryption key and what it wraps are. */
  State state();

  /**
   * Replaces the key-encryption key, destroys the old one, and writes the registered backups anew.
   *
   * @param secret under which the key is from now on; null: the one that it is under
   * @throws vellum.core.crypto.CryptoException.WrongSecret when the secret is not fit, or there can
   *     be none: nothing is changed
   * @throws vellum.core.crypto.CryptoException when the disk or the token refused; to be repeated
   */
  Rotated rotate(@Nullable KekSecret secret);

  /**
   * How it is.
   *
   * @param provider FILE, PASSPHRASE or PKCS11
   * @param current id of the key that wraps
   * @param since when it was made
   * @param erasure what the destruction of a key that it wraps is worth
   * @param months whose keys live
   * @param files that it wraps: the months' and those of the keys that sign
   * @param rotating whether a rotation was begun and not finished
   */
  record State(
      String provider,
      String current,
      Instant since,
      String erasure,
      int months,
      int files,
      boolean rotating,
      List<RetentionPort.KeyBackup> backups) {
    public State {
      backups = List.copyOf(backups);
    }
  }

  /** Ids of the key that was destroyed and of the one that wraps now; and the backups behind it. */
  record Rotated(String from, String to, List<RetentionPort.KeyBackup> backups) {
    public Rotated {
      backups = List.copyOf(backups);
    }
  }
}
