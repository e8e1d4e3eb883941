package vellum.core.suspense;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthKey;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.RecordId;
import vellum.core.record.RecordKey;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.EntryReader;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.Suspended;
import vellum.core.seal.SuspenseCode;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.RowStripper;
import vellum.core.strip.StrippedOpener;
import vellum.core.strip.StrippedRecord;
import vellum.v1.DetailRecord;
import vellum.v1.Party;
import vellum.v1.Submission;

/**
 * Opens rows in suspense in memory, corrects them, and asks the sealer what the rules say now,
 * without writing anything. A row of an archived month has no identities and no id: it is judged
 * under an id made up for the purpose, and written under the archive key that it has. Not
 * thread-safe; for one piece of work.
 */
final class Recycler {

  private static final String ACCOUNT = "account";
  private static final long MILLIS = 1000;

  private final Opening opening;
  private final BatchSealer sealer;
  private final RecordOpener opener = new RecordOpener();
  private final StrippedOpener strippedOpener = new StrippedOpener();
  private final EntryReader entries = new EntryReader();

  Recycler(Opening opening, BatchSealer sealer) {
    this.opening = opening;
    this.sealer = sealer;
  }

  /** Opens a row, corrects it, and judges it. */
  Attempt attempt(SuspendedRow row, Corrections corrections) {
    int code = row.message().code();
    if (code == SuspenseCode.HEADER_CONFLICT.number()) {
      return Attempt.refused(
          row, "start or channel differ from the record's, which are fixed: only written off");
    }
    if (code == SuspenseCode.VERSION_CONFLICT.number() && !corrections.setVersion()) {
      return Attempt.refused(row, "needs a version of its own: --set ASPECT.version=N");
    }
    boolean sealed = row.at().key().length == RecordKey.BYTES;
    DetailRecord record = corrections.apply(withoutEmpty(sealed ? open(row) : openStripped(row)));
    if (record == null) {
      return Attempt.refused(row, "has no such aspect or leg to correct");
    }
    byte[] bytes = record.toByteArray();
    sealer.begin(account -> true);
    sealer.recycle(row.at(), bytes, 0, bytes.length);
    SealedBatch judged = sealer.finish();
    if (!judged.rejected().isEmpty()) {
      return Attempt.refused(row, judged.rejected().get(0).reason());
    }
    toRecord(judged);
    return sealed ? sealed(row, bytes) : stripped(row, record);
  }

  /** Drops identifiers whose values nobody can read any more, and parties that had no others. */
  private static DetailRecord withoutEmpty(DetailRecord record) {
    if (!record.hasSubmission()) {
      return record;
    }
    Submission.Builder submission = record.getSubmission().toBuilder();
    for (Map.Entry<FieldDescriptor, Object> field : submission.getAllFields().entrySet()) {
      if (field.getValue() instanceof Party party) {
        Party.Builder kept = Party.newBuilder();
        party.getIdentifiersList().stream()
            .filter(one -> !one.getValue().isEmpty())
            .forEach(kept::addIdentifiers);
        if (kept.getIdentifiersCount() == 0) {
          submission.clearField(field.getKey());
        } else {
          submission.setField(field.getKey(), kept.build());
        }
      }
    }
    return record.toBuilder().setSubmission(submission).build();
  }

  /** Moves to the record's own entry, behind a release. */
  private void toRecord(SealedBatch batch) {
    entries.over(batch.body(), 0, batch.length());
    while (entries.next()) {
      if (!entries.isReleased()) {
        return;
      }
    }
    throw new IllegalStateException("a batch that rejects nothing has the entry of its record");
  }

  private Attempt sealed(SuspendedRow row, byte[] bytes) {
    return new Attempt(
        row,
        entries.code(),
        null,
        entries.month(),
        key(),
        sealing -> sealing.recycle(row.at(), bytes, 0, bytes.length),
        bytes.length);
  }

  private byte[] key() {
    return Arrays.copyOfRange(
        entries.bytes(), entries.keyOffset(), entries.keyOffset() + RecordKey.BYTES);
  }

  private Attempt stripped(SuspendedRow row, DetailRecord record) {
    Suspended at = row.at();
    if (entries.code() != 0) {
      // It stays as it is; only its code could change, and that not without its id.
      return new Attempt(row, entries.code(), null, at.period(), at.key(), null, 0);
    }
    if (!entries.month().equals(at.period())) {
      return Attempt.refused(row, "belongs to another retention class now, and is archived");
    }
    RowStripper stripper = opening.strippers().apply(at.period());
    stripper.strip(
        entries.bytes(),
        entries.keyOffset(),
        entries.bytes(),
        entries.rowOffset(),
        entries.rowLength());
    byte[] kept = Arrays.copyOf(stripper.row().bytes(), stripper.row().size());
    byte[] key = at.key().clone();
    Bytes.putInt(key, ArchiveKey.ACCOUNT_OFFSET, AccountId.of(record.getAccount()).keyPart());
    return new Attempt(
        row,
        0,
        null,
        at.period(),
        key,
        sealing -> sealing.recycleStripped(at, key, kept, 0, kept.length),
        kept.length);
  }

  private DetailRecord open(SuspendedRow row) {
    Suspended at = row.at();
    SealedRecord record = new SealedRecord(at.period(), at.key(), row.message().row());
    Optional<MonthKey> key = opening.keys().existing(at.period());
    if (key.isPresent()) {
      try {
        return opener.open(record, Identities.CLEAR, key.get().newCipher(), opening.contents());
      } catch (CryptoException.KeyDestroyed meanwhile) {
        // As if it had been gone before.
      }
    }
    return opener.open(record, Identities.ABSENT, null);
  }

  private DetailRecord openStripped(SuspendedRow row) {
    Suspended at = row.at();
    long millis = row.startedAtMicros() / MILLIS;
    String unique = SuspendedId.text(at);
    UUID id = RecordId.derived(millis, ACCOUNT, unique);
    return strippedOpener.open(new StrippedRecord(at.period(), at.key(), row.message().row()), id);
  }

  /** The row as people see it: identities masked, absent where nobody can read them. */
  static DetailRecord show(SuspendedRow row, KeyRing keys, Identities wanted) {
    Suspended at = row.at();
    if (at.key().length != RecordKey.BYTES) {
      return new StrippedOpener()
          .open(new StrippedRecord(at.period(), at.key(), row.message().row()));
    }
    SealedRecord record = new SealedRecord(at.period(), at.key(), row.message().row());
    @Nullable MonthKey key = keys.existing(at.period()).orElse(null);
    if (key != null) {
      try {
        return new RecordOpener().open(record, wanted, key.newCipher());
      } catch (CryptoException.KeyDestroyed meanwhile) {
        // As if it had been gone before.
      }
    }
    return new RecordOpener().open(record, Identities.ABSENT, null);
  }
}
