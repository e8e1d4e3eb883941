package vellum.core.seal;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AccountHash;
import vellum.core.record.AspectKind;
import vellum.core.record.Bytes;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.core.record.RecordKey;
import vellum.core.record.TextRule;

/**
 * Finds which parts of a record are a person's, or everybody's, and the pseudonyms under which the
 * record is not to be found any more: those of what goes, less those of what stays. Opens every
 * party's identifiers in memory, and keeps none. For the records of one month, one thread.
 */
public final class PersonParts {

  private final MonthCipher cipher;
  private final @Nullable IdentityClass wantedClass;
  private final byte[] wanted;
  private final AccountHash accounts = new AccountHash();
  private final RowReader reader = new RowReader();
  private final SubmissionWalk walk = new SubmissionWalk();
  private final CanonicalIdentity identity = new CanonicalIdentity();
  private final byte[] plain = new byte[MonthCipher.MAX_PLAIN_BYTES];
  private final byte[] pseudonym = new byte[MonthCipher.PSEUDONYM_BYTES];

  /** For each sealed identifier: its part, whether it is the person's, half of its pseudonym. */
  private final int[] partOf = new int[IdentitySealer.MAX_IDENTITIES];

  private final boolean[] isWanted = new boolean[IdentitySealer.MAX_IDENTITIES];
  private final long[] halves = new long[IdentitySealer.MAX_IDENTITIES];
  private int count;

  private PersonParts(MonthCipher cipher, @Nullable IdentityClass wantedClass, byte[] wanted) {
    this.cipher = cipher;
    this.wantedClass = wantedClass;
    this.wanted = wanted;
  }

  /**
   * Finds one person's parts.
   *
   * @param cipher of the records' month
   */
  public static PersonParts of(CanonicalIdentity person, MonthCipher cipher) {
    return new PersonParts(cipher, person.identityClass(), person.toArray());
  }

  /** Finds everybody's. */
  public static PersonParts everybody(MonthCipher cipher) {
    return new PersonParts(cipher, null, new byte[0]);
  }

  /**
   * What is to be erased of a record.
   *
   * @param parts of {@link ErasedParts}; {@link ErasedParts#NONE} when the record names the person
   *     no more, and only its index still does
   * @param hints first halves of pseudonyms, eight bytes each, masked as the journal has them
   */
  public record Found(int parts, byte[] hints) {

    /** Whether nothing of the record is to be erased. */
    public boolean isNothing() {
      return parts == ErasedParts.NONE && hints.length == 0;
    }
  }

  /** Looks at a record that the person's index rows stand for, or at any one. */
  public Found in(SealedRecord record, boolean isIndexed) {
    byte[] key = record.key();
    long idHigh = Bytes.getLong(key, RecordKey.ID_OFFSET);
    long idLow = Bytes.getLong(key, RecordKey.ID_OFFSET + Long.BYTES);
    byte[] row = record.row();
    reader.over(row, 0, row.length);
    cipher.record(
        accounts.idHash(row, reader.accountOffset(), reader.accountLength()), idHigh, idLow);
    count = 0;
    walk.over(row, 0, row.length, this::take);
    int parts = parts(reader.erased());
    Set<Long> gone = new LinkedHashSet<>();
    if (isIndexed && wantedClass != null) {
      gone.add(half(wantedClass, wanted, wanted.length));
    }
    for (int i = 0; i < count; i++) {
      if ((partOf[i] & parts) != 0) {
        gone.add(halves[i]);
      }
    }
    for (int i = 0; i < count; i++) {
      if ((partOf[i] & parts) == 0) {
        gone.remove(halves[i]);
      }
    }
    return new Found(parts, masked(gone, idHigh, idLow));
  }

  private int parts(int erasedBefore) {
    if (wantedClass == null) {
      return erasedBefore == ErasedParts.ALL ? ErasedParts.NONE : ErasedParts.ALL;
    }
    int parties = ErasedParts.NONE;
    for (int i = 0; i < count; i++) {
      parties |= isWanted[i] ? partOf[i] : ErasedParts.NONE;
    }
    return ErasedParts.withTexts(parties);
  }

  private byte[] masked(Set<Long> gone, long idHigh, long idLow) {
    byte[] hints = new byte[gone.size() * Long.BYTES];
    int at = 0;
    for (long half : gone) {
      Bytes.putLong(hints, at, half);
      at += Long.BYTES;
    }
    cipher.mask(idHigh, idLow, hints, 0, gone.size());
    return hints;
  }

  private void take(int part, int kind, byte[] value, int offset, int length) {
    if (count == IdentitySealer.MAX_IDENTITIES) {
      throw new BrokenRow("row has more than " + IdentitySealer.MAX_IDENTITIES + " identifiers");
    }
    IdentityClass sealedClass = IdentityClass.of(value[offset]);
    int path =
        RowFormat.sealPath(
            AspectKind.SUBMISSION.id(), ErasedParts.field(part), RowFormat.IDENTIFIER_VALUE);
    int size = cipher.open(sealedClass, path, value, offset + 1, length - 1, plain, 0);
    boolean isMore =
        sealedClass == IdentityClass.TEL && !TextRule.isDigits(plain, 0, size, 1, plain.length);
    byte[] canonical = plain;
    if (isMore) {
      identity.read(kind, plain, 0, size);
      canonical = identity.bytes();
      size = identity.length();
    }
    partOf[count] = part;
    halves[count] = half(sealedClass, canonical, size);
    isWanted[count] =
        sealedClass == wantedClass && Arrays.equals(canonical, 0, size, wanted, 0, wanted.length);
    count++;
    Arrays.fill(plain, (byte) 0);
  }

  private long half(IdentityClass identityClass, byte[] canonical, int length) {
    cipher.pseudonym(identityClass, canonical, 0, length, pseudonym, 0);
    return Bytes.getLong(pseudonym, 0);
  }
}
