package vellum.core.search;

import java.util.HexFormat;
import vellum.core.record.MonthId;
import vellum.v1.DetailRecord;

/**
 * A record of a scope, opened when it was found: what becomes of its key later does not matter. In
 * memory only.
 *
 * @param period where it was found: a month, or a hold's vault
 * @param key its {@link vellum.core.record.RecordKey}; in an archive its {@code ArchiveKey}
 * @param identified whether the identities that it has are shown; false when they are gone
 * @param record as it is kept there
 */
public record Found(
    MonthId period, byte[] key, Place place, boolean identified, DetailRecord record) {

  /** What kind of period it was found in. */
  public enum Place {
    LIVE,
    VAULT,
    ARCHIVE
  }

  /** The key as text: what stands for a record whose id nobody knows any more. */
  public String reference() {
    return HexFormat.of().formatHex(key);
  }

  /** Says where it is, and not who it is about. */
  @Override
  public String toString() {
    return "record of " + period;
  }
}
