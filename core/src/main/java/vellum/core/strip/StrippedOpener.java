package vellum.core.strip;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Output;
import vellum.core.seal.RecordOpener;
import vellum.v1.DetailRecord;

/**
 * Turns a stripped row back into a {@link DetailRecord} without identities, its times in whole
 * seconds. Not on the hot path. Not thread-safe.
 */
public final class StrippedOpener {

  private final RecordOpener opener = new RecordOpener();

  /** Opens a record; it has no record_id, for nothing in the archive tells it. */
  public DetailRecord open(StrippedRecord record) {
    return open(record, null);
  }

  /** The same as below in its Protobuf encoding, valid until this opener is used again. */
  public Output encode(StrippedRecord record, @Nullable UUID id) {
    return opener.encodeWithout(record.reader(), record.startedAtMicros(), id);
  }

  /**
   * Opens a record for one who found it by its id.
   *
   * @param id the id asked for, or null
   */
  public DetailRecord open(StrippedRecord record, @Nullable UUID id) {
    return opener.openWithout(record.reader(), record.startedAtMicros(), id);
  }
}
