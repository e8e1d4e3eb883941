package vellum.core.search;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.record.MonthId;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealedRecord;
import vellum.v1.DetailRecord;

/**
 * Opens records with what their periods' keys still open: of a period whose key is destroyed, even
 * meanwhile, all but identities. Not thread-safe.
 */
final class Opening {

  private final SearchParts parts;
  private final boolean contents;
  private final RecordOpener opener = new RecordOpener();
  private final Map<MonthId, Optional<MonthCipher>> ciphers = new HashMap<>();

  Opening(SearchParts parts, boolean contents) {
    this.parts = parts;
    this.contents = contents;
  }

  /** The cipher of a period whose key lives. */
  Optional<MonthCipher> cipher(MonthId period) {
    return ciphers.computeIfAbsent(period, this::make);
  }

  private Optional<MonthCipher> make(MonthId period) {
    try {
      return parts.keys().existing(period).map(MonthKey::newCipher);
    } catch (CryptoException.KeyDestroyed meanwhile) {
      return Optional.empty();
    }
  }

  /** A period's key was destroyed. */
  void forget(MonthId period) {
    ciphers.put(period, Optional.empty());
  }

  Found open(SealedRecord record, Found.Place place) {
    Optional<MonthCipher> cipher = cipher(record.month());
    if (cipher.isPresent()) {
      try {
        return new Found(record.month(), record.key(), place, true, clear(record, cipher.get()));
      } catch (CryptoException.KeyDestroyed e) {
        forget(record.month());
      }
    }
    DetailRecord without = opener.open(record, Identities.ABSENT, null);
    return new Found(record.month(), record.key(), place, false, without);
  }

  private DetailRecord clear(SealedRecord record, MonthCipher cipher) {
    return contents
        ? opener.open(record, Identities.CLEAR, cipher, parts.contents())
        : opener.open(record, Identities.CLEAR, cipher);
  }
}
