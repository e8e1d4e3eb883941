package vellum.core.seal;

import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.MonthId;

/** Finds content that is kept apart from its record. */
@FunctionalInterface
public interface ContentSource {

  /** Where no content is shown. */
  ContentSource NONE = (day, key) -> null;

  /**
   * The content of a record, or null when there is none, or no key any more.
   *
   * @param day period of content that the record's row names
   * @param key of the record
   */
  @Nullable Content find(MonthId day, byte[] key);

  /** The row with a record's content, and the cipher of its day. */
  record Content(SealedRecord row, MonthCipher cipher) {}
}
