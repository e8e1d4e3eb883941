package vellum.core.period;

import java.util.Optional;
import java.util.UUID;
import vellum.core.record.MonthId;
import vellum.core.seal.SealedRecord;
import vellum.core.strip.StrippedRecord;

/** A record as its month has it: with sealed identities, or without any. */
public sealed interface FoundRecord {

  MonthId month();

  /** When it started, microseconds since the epoch, UTC; of a stripped record cut to the second. */
  long startedAtMicros();

  /** Its row, sealed or stripped. */
  byte[] row();

  /** Its id; of a stripped record only when it was looked up by it. */
  Optional<UUID> id();

  /** A record of a live month. */
  record Sealed(SealedRecord record) implements FoundRecord {
    @Override
    public MonthId month() {
      return record.month();
    }

    @Override
    public long startedAtMicros() {
      return record.startedAtMicros();
    }

    @Override
    public byte[] row() {
      return record.row();
    }

    @Override
    public Optional<UUID> id() {
      return Optional.of(record.id());
    }
  }

  /**
   * A record of an archived month.
   *
   * @param id that it was looked up by, if it was
   */
  record Stripped(StrippedRecord record, Optional<UUID> id) implements FoundRecord {
    @Override
    public MonthId month() {
      return record.month();
    }

    @Override
    public long startedAtMicros() {
      return record.startedAtMicros();
    }

    @Override
    public byte[] row() {
      return record.row();
    }
  }
}
