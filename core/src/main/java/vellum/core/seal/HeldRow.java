package vellum.core.seal;

import java.util.Arrays;
import java.util.Objects;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AccountHash;
import vellum.core.record.BadRecord;
import vellum.core.record.Bytes;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.Field;
import vellum.core.record.IdentityClass;
import vellum.core.record.MessageShape;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.record.Wire;

/**
 * The row of a record as it stands in a hold's vault: what its month has, each sealed field opened
 * and sealed again in its place under the vault's key, and the pseudonyms under which the vault
 * finds it. The same record gives the same bytes, so that a copy that comes twice is a duplicate.
 * Not thread-safe; reused from record to record.
 */
public final class HeldRow {

  private static final int HINT_BYTES = 8;
  private static final int LONGEST = 1024;

  private final RowReader reader = new RowReader();
  private final Wire wire = new Wire();
  private final AccountHash accounts = new AccountHash();
  private final CanonicalIdentity identity = new CanonicalIdentity();
  private final Output row = new Output(4096);
  private final byte[] plain = new byte[LONGEST];
  private final byte[] pseudonym = new byte[MonthCipher.PSEUDONYM_BYTES];
  private final byte[] hints = new byte[IdentitySealer.MAX_IDENTITIES * HINT_BYTES];
  private int count;

  /**
   * Seals a record again.
   *
   * @param month cipher of the record's month
   * @param vault cipher of the vault
   * @throws vellum.core.crypto.CryptoException.KeyDestroyed when one of their keys is destroyed
   */
  public HeldRow of(SealedRecord record, MonthCipher month, MonthCipher vault) {
    byte[] stored = record.row();
    reader.over(stored, 0, stored.length);
    long hash = accounts.idHash(stored, reader.accountOffset(), reader.accountLength());
    long high = Bytes.getLong(record.key(), RecordKey.ID_OFFSET);
    long low = Bytes.getLong(record.key(), RecordKey.ID_OFFSET + Long.BYTES);
    month.record(hash, high, low);
    vault.record(hash, high, low);
    row.clear();
    count = 0;
    try {
      row.write(stored, 0, reader.aspectsOffset());
      while (reader.next()) {
        aspect(new Ciphers(month, vault));
      }
      vault.mask(high, low, hints, 0, count);
      return this;
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** The key under which it is sealed, and the one under which it is to be. */
  private record Ciphers(MonthCipher month, MonthCipher vault) {}

  /** The row, valid until the next record. */
  public Output row() {
    return row;
  }

  /** Identities that are indexed. */
  int count() {
    return count;
  }

  /** First halves of their pseudonyms, masked, eight bytes each. */
  byte[] hints() {
    return hints;
  }

  private void aspect(Ciphers ciphers) {
    Field field = MessageShape.DETAIL_RECORD.required(reader.kind().field());
    int fields = reader.fieldsOffset();
    int head = fields - reader.aspectOffset() - Output.varintSize(reader.fieldsLength());
    row.write(reader.bytes(), reader.aspectOffset(), head);
    int start = row.reserve(1);
    wire.over(reader.bytes(), fields, reader.fieldsLength());
    fields(Objects.requireNonNull(field.message()), new At(reader.kind().id(), 0, false), ciphers);
    row.closeLength(start);
  }

  /**
   * Where in the row it is.
   *
   * @param parent field of the aspect, 0 in the aspect itself
   * @param identifier whether in an identifier of a party
   */
  private record At(int aspect, int parent, boolean identifier) {}

  private void fields(MessageShape shape, At at, Ciphers ciphers) {
    int kind = 0;
    while (wire.hasMore()) {
      int from = wire.position();
      int tag = (int) wire.readVarint();
      int number = tag >>> 3;
      switch (tag & 7) {
        case RowFormat.VARINT, RowFormat.TIME, RowFormat.ZONE, RowFormat.CONTENT -> {
          kind = (int) wire.readVarint();
          row.write(wire.bytes(), from, wire.position() - from);
        }
        case RowFormat.SEALED -> {
          row.writeVarint(tag);
          sealed(RowFormat.sealPath(at.aspect, at.parent, number), at.identifier, kind, ciphers);
        }
        case RowFormat.BYTES -> {
          row.writeVarint(tag);
          bytes(shape, number, at, ciphers);
        }
        default -> throw new BrokenRow(shape.name() + " has a field of an unknown type");
      }
    }
  }

  private void bytes(MessageShape shape, int number, At at, Ciphers ciphers) {
    Field field = shape.field(number);
    if (field == null) {
      throw new BrokenRow(shape.name() + " has no field " + number);
    }
    int length = wire.readLength();
    MessageShape message = field.message();
    if (message == null) {
      row.writeVarint(length);
      row.write(wire.bytes(), wire.position(), length);
      wire.skip(length);
      return;
    }
    int outer = wire.narrow(length);
    int start = row.reserve(1);
    int top = at.parent == 0 ? number : at.parent;
    fields(message, new At(at.aspect, top, field.kind() == Field.Kind.IDENTIFIER), ciphers);
    row.closeLength(start);
    wire.widen(outer);
  }

  /**
   * @param identifier whether it is one of a party, and found by it
   * @param kind number of the identifier's kind
   */
  private void sealed(int path, boolean identifier, int kind, Ciphers ciphers) {
    int length = wire.readLength();
    int from = wire.position();
    wire.skip(length);
    IdentityClass identityClass = IdentityClass.of(wire.bytes()[from]);
    int size =
        ciphers.month.open(identityClass, path, wire.bytes(), from + 1, length - 1, plain, 0);
    row.writeVarint(length);
    row.writeByte(identityClass.id());
    int at = row.reserve(length - 1);
    ciphers.vault.seal(identityClass, path, plain, 0, size, row.bytes(), at);
    if (identifier) {
      index(identityClass, kind, size, ciphers.vault);
    }
  }

  /** Of a URI that is more than its number, the number is what finds. */
  private void index(IdentityClass identityClass, int kind, int size, MonthCipher vault) {
    if (count == IdentitySealer.MAX_IDENTITIES) {
      throw new BrokenRow("row has more than " + IdentitySealer.MAX_IDENTITIES + " identities");
    }
    byte[] canonical = plain;
    int length = size;
    if (isRead(kind, size) && identity.identityClass() == identityClass) {
      canonical = identity.bytes();
      length = identity.length();
    }
    vault.pseudonym(identityClass, canonical, 0, length, pseudonym, 0);
    System.arraycopy(pseudonym, 0, hints, count * HINT_BYTES, HINT_BYTES);
    count++;
  }

  private boolean isRead(int kind, int size) {
    try {
      identity.read(kind, plain, 0, size);
      return true;
    } catch (BadRecord canonicalAlready) {
      return false;
    }
  }
}
