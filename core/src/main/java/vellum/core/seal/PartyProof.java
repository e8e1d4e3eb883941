package vellum.core.seal;

import java.util.Arrays;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AccountHash;
import vellum.core.record.AspectKind;
import vellum.core.record.Bytes;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.core.record.RecordKey;
import vellum.core.record.Wire;
import vellum.v1.Party;
import vellum.v1.Submission;

/**
 * Proves that a person takes part in records of one month, straight from their rows: of what is
 * sealed it opens only parties' identifiers of the person's own class, up to the first that is
 * meant. Not thread-safe.
 */
public final class PartyProof {

  private final IdentityClass identityClass;
  private final byte[] canonical;
  private final MonthCipher cipher;
  private final AccountHash accounts = new AccountHash();
  private final RowReader row = new RowReader();
  private final Wire wire = new Wire();
  private final CanonicalIdentity candidate = new CanonicalIdentity();

  private final byte[] plain = new byte[MonthCipher.MAX_PLAIN_BYTES];

  /**
   * @param canonical bytes of the person's identity in canonical form
   * @param cipher of the records' month
   */
  public PartyProof(IdentityClass identityClass, byte[] canonical, MonthCipher cipher) {
    this.identityClass = identityClass;
    this.canonical = canonical;
    this.cipher = cipher;
  }

  /** Whether the person is a sender, recipient, original sender or one forwarded from. */
  public boolean isIn(SealedRecord record) {
    byte[] key = record.key();
    row.over(record.row(), 0, record.row().length);
    cipher.record(
        accounts.idHash(row.bytes(), row.accountOffset(), row.accountLength()),
        Bytes.getLong(key, RecordKey.ID_OFFSET),
        Bytes.getLong(key, RecordKey.ID_OFFSET + Long.BYTES));
    while (row.next()) {
      if (row.kind() == AspectKind.SUBMISSION) {
        wire.over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
        return isInSubmission();
      }
    }
    return false;
  }

  private boolean isInSubmission() {
    boolean found = false;
    while (!found && wire.hasMore()) {
      int tag = (int) wire.readVarint();
      if ((tag & 7) == RowFormat.BYTES && isParty(tag >>> 3)) {
        int outer = wire.narrow(wire.readLength());
        found = isInParty(tag >>> 3);
        wire.widen(outer);
      } else {
        skip(tag & 7);
      }
    }
    return found;
  }

  private static boolean isParty(int field) {
    return switch (field) {
      case Submission.SENDER_FIELD_NUMBER,
          Submission.RECIPIENT_FIELD_NUMBER,
          Submission.ORIGINAL_SENDER_FIELD_NUMBER,
          Submission.FORWARDED_FROM_FIELD_NUMBER ->
          true;
      default -> false;
    };
  }

  private boolean isInParty(int party) {
    boolean found = false;
    while (!found && wire.hasMore()) {
      int tag = (int) wire.readVarint();
      if (tag != (Party.IDENTIFIERS_FIELD_NUMBER << 3 | RowFormat.BYTES)) {
        throw new BrokenRow("Party has a field of an unknown type");
      }
      int outer = wire.narrow(wire.readLength());
      found = isIdentifier(party);
      wire.widen(outer);
    }
    return found;
  }

  private boolean isIdentifier(int party) {
    int kind = 0;
    boolean found = false;
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      switch (tag & 7) {
        case RowFormat.VARINT -> kind = (int) wire.readVarint();
        case RowFormat.BYTES -> {
          int length = wire.readLength();
          found = isMeant(kind, wire.bytes(), wire.position(), length);
          wire.skip(length);
        }
        case RowFormat.SEALED ->
            found =
                isSealed(kind, RowFormat.sealPath(AspectKind.SUBMISSION.id(), party, tag >>> 3));
        default -> throw new BrokenRow("Identifier has a field of an unknown type");
      }
    }
    return found;
  }

  private boolean isSealed(int kind, int path) {
    int length = wire.readLength();
    int from = wire.position();
    wire.skip(length);
    if (wire.bytes()[from] != identityClass.id()) {
      return false;
    }
    int size = cipher.open(identityClass, path, wire.bytes(), from + 1, length - 1, plain, 0);
    return Arrays.equals(plain, 0, size, canonical, 0, canonical.length)
        || isMeant(kind, plain, 0, size);
  }

  /** Whether an identifier, which may be more than its number, is the person's. */
  private boolean isMeant(int kind, byte[] value, int from, int length) {
    candidate.read(kind, value, from, length);
    return candidate.identityClass() == identityClass
        && Arrays.equals(candidate.bytes(), 0, candidate.length(), canonical, 0, canonical.length);
  }

  private void skip(int type) {
    switch (type) {
      case RowFormat.BYTES, RowFormat.SEALED -> wire.skip(wire.readLength());
      case RowFormat.VARINT, RowFormat.ZONE, RowFormat.CONTENT, RowFormat.TIME -> wire.readVarint();
      default -> throw new BrokenRow("Submission has a field of an unknown type");
    }
  }
}
