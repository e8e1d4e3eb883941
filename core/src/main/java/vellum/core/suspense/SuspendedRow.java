package vellum.core.suspense;

import java.util.Optional;
import java.util.UUID;
import vellum.core.billing.RowCells;
import vellum.core.period.SuspendedMessage;
import vellum.core.record.RecordKey;
import vellum.core.seal.RowReader;
import vellum.core.seal.Suspended;
import vellum.core.strip.ArchiveKey;

/**
 * A row in suspense, without its identities.
 *
 * @param recordId empty when its month is archived
 * @param startedAtMicros since the epoch, UTC; of an archived month cut to the second
 * @param channel number of the {@link vellum.v1.Channel}
 * @param saleNanos what its rating charges, 0 without one
 * @param currency empty when it names none
 */
public record SuspendedRow(
    Suspended at,
    SuspendedMessage message,
    Optional<UUID> recordId,
    String account,
    long startedAtMicros,
    int channel,
    long saleNanos,
    String currency) {

  private static final long MICROS = 1_000_000;
  private static final long MILLIS = 1000;

  static SuspendedRow of(Suspended at, SuspendedMessage message) {
    RowReader row = new RowReader().over(message.row(), 0, message.row().length);
    boolean sealed = at.key().length == RecordKey.BYTES;
    long startedAt =
        sealed
            ? RecordKey.millis(at.key(), 0) * MILLIS + row.subMillis()
            : ArchiveKey.second(at.key(), 0) * MICROS;
    RowCells cells = new RowCells().read(message.row(), 0, message.row().length, 0);
    return new SuspendedRow(
        at,
        message,
        sealed ? Optional.of(RecordKey.id(at.key(), 0)) : Optional.empty(),
        row.account(),
        startedAt,
        row.channel(),
        cells.amount(0),
        RowCells.currencyText(cells.currency(0)));
  }
}
