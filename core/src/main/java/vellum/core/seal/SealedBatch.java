package vellum.core.seal;

import java.util.List;

/**
 * Sealed records in the form in which they go into the journal, and the rejections of those that
 * were not taken. Immutable once built; made by {@link BatchSealer} only.
 *
 * <pre>
 * body, format 4
 *   u8      format = 4
 *   varint  months; for each: u8 length, name ("2026-11.default")
 *   varint  rejections; for each: varint offset in the batch, varint code
 *   entries, to the end:
 *     varint  length of what follows
 *     varint  index of the month
 *     1 bit   whether the entry is of the record whose entry came before
 *     1 bit   whether marks follow
 *     6 bits  identities
 *     marks, if any:
 *       u8      sum of: 1 suspended, 2 recycled, 4 archive key, 8 released, 16 erases
 *       suspended:             varint code
 *       recycled or released:  varint journal sequence, varint place, u8 bytes of the key (24 or
 *                              18), key: the row in suspense of the same month that goes
 *       erases:                varint mask of {@link ErasedParts}
 *     for each identity 8 bytes: masked pseudonym
 *     24      record key; with the mark 4 an archive key of 18 bytes and 6 zeros
 *     row, to the end of the entry; with the mark 4 a stripped one
 *     (released: the entry ends behind its marks; erases: it ends behind its key)
 * </pre>
 *
 * Entries have the order of the batch; the offset of an entry is found by counting past the
 * rejected ones. A record whose content is kept has a second entry, in the period of the day on
 * which the content goes; both have the same offset, as have a row that is released and the record
 * of another month that it became, and a late record and what each hold keeps of it. Ordinary
 * entries have no marks, and are as they were in format 2, which had none; format 1 had no second
 * entries either. All are still read.
 *
 * <p>An entry that erases takes the parts of its mask out of the record that is there when it is
 * applied, and the record out of the index rows of its pseudonyms; with the mark of a release, out
 * of the row in suspense, which stays. Format 3 did not have it, and its months and their indexes
 * were one byte.
 */
public final class SealedBatch {

  private final byte[] body;
  private final int length;
  private final int sequences;
  private final List<Rejected> rejected;
  private final int unregistered;

  SealedBatch(byte[] body, int length, int sequences, List<Rejected> rejected) {
    this(body, length, sequences, rejected, 0);
  }

  SealedBatch(byte[] body, int length, int sequences, List<Rejected> rejected, int unregistered) {
    this.body = body;
    this.length = length;
    this.sequences = sequences;
    this.rejected = List.copyOf(rejected);
    this.unregistered = unregistered;
  }

  /** Buffer whose first {@link #length} bytes are the body. Not to be changed. */
  public byte[] body() {
    return body;
  }

  public int length() {
    return length;
  }

  /** Records of the batch, rejected ones included. */
  public int sequences() {
    return sequences;
  }

  /** Records that were taken though the registry does not know their account. */
  public int unregistered() {
    return unregistered;
  }

  /** Records that were not taken, by offset. */
  public List<Rejected> rejected() {
    return rejected;
  }
}
