package vellum.core.period;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthKey;
import vellum.core.record.MonthId;
import vellum.core.seal.ContentSource;
import vellum.core.seal.SealedRecord;

/**
 * Finds the content of a record in the period of its day, while that day's key lives. Thread-safe.
 */
public final class ContentFinder implements ContentSource {

  private final RecordStore store;
  private final KeyRing keys;

  public ContentFinder(RecordStore store, KeyRing keys) {
    this.store = store;
    this.keys = keys;
  }

  @Override
  public @Nullable Content find(MonthId day, byte[] key) {
    Optional<MonthKey> dayKey = keys.existing(day);
    Optional<RecordStore.Hold> held =
        dayKey.isPresent() ? store.holdExisting(day) : Optional.empty();
    if (held.isEmpty()) {
      return null;
    }
    try (RecordStore.Hold hold = held.get()) {
      return hold.month() instanceof LiveMonth period
          ? period
              .row(key)
              .map(row -> new Content(new SealedRecord(day, key, row), dayKey.get().newCipher()))
              .orElse(null)
          : null;
    } catch (CryptoException.KeyDestroyed e) {
      return null;
    }
  }
}
