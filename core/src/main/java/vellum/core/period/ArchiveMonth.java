package vellum.core.period;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import vellum.core.crypto.YearMac;
import vellum.core.record.AccountHash;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.record.RecordKey;
import vellum.core.seal.RowReader;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.StrippedRecord;

/**
 * A month of an archive year: its records without identities, one directory, one store. Threads as
 * {@link Month} says.
 */
public final class ArchiveMonth extends Month {

  ArchiveMonth(MonthId month, Store store) {
    super(month, store, MonthTables.ARCHIVE_RECORDS, MonthTables.ARCHIVE_SUSPENSE);
  }

  @Override
  public long second(byte[] key, int offset) {
    return ArchiveKey.second(key, offset);
  }

  @Override
  public Stage.Owner owner() {
    return Stage.Owner.ARCHIVE;
  }

  @Override
  FoundRecord found(byte[] key, byte[] row) {
    return new FoundRecord.Stripped(new StrippedRecord(month, key, row), Optional.empty());
  }

  /**
   * Writes the batch and clears it, with a state that replaces what the month had: at the moment at
   * which it takes over from the live one.
   */
  public void take(MonthBatch batch, MonthState taken) {
    replace(batch, taken);
    suspense().recount();
  }

  /**
   * The records that an id alone finds: skips from account to account through its bucket, and
   * compares MACs in its second.
   */
  public List<StrippedRecord> records(UUID id, YearMac mac) {
    List<StrippedRecord> found = new ArrayList<>(1);
    long millis = RecordId.millis(id);
    long second = millis / 1000;
    int bucket = RecordKey.bucket(millis);
    RowReader reader = new RowReader();
    AccountHash accounts = new AccountHash();
    byte[] from = ArchiveKey.lowerBound(bucket, 0, second, 0);
    try (Scan scan =
        store.scan(MonthTables.ARCHIVE_RECORDS, from, AccountKeys.prefix(bucket + 1, 0))) {
      while (scan.next()) {
        byte[] key = scan.key();
        int account = Bytes.getInt(key, ArchiveKey.ACCOUNT_OFFSET);
        long order = Long.compare(ArchiveKey.second(key, 0), second);
        if (order < 0) {
          scan.seek(ArchiveKey.lowerBound(bucket, account, second, 0));
        } else if (order == 0) {
          byte[] row = scan.value();
          reader.over(row, 0, row.length);
          byte[] name = accounts.of(row, reader.accountOffset(), reader.accountLength());
          long wanted = mac.mac(name, id.getMostSignificantBits(), id.getLeastSignificantBits());
          if (Bytes.getLong(key, ArchiveKey.MAC_OFFSET) == wanted) {
            found.add(new StrippedRecord(month, key, row));
          }
        } else if (account == -1) {
          break;
        } else {
          scan.seek(ArchiveKey.lowerBound(bucket, account + 1, second, 0));
        }
      }
    }
    return found;
  }
}
