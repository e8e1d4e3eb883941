package vellum.core.seal;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.BadRecord;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.v1.DetailRecord;
import vellum.v1.RejectionCode;
import vellum.v1.UsageRecord;

/**
 * Seals the records and usage events of one batch at a time. Not thread-safe: one for each thread
 * that seals.
 */
public final class BatchSealer {

  /** Number of the body's format. */
  static final int FORMAT = 4;

  /** Most bytes of a record in its Protobuf encoding. */
  public static final int MAX_RECORD_BYTES = 65_536;

  private final MonthCiphers ciphers;
  private final AsideCiphers aside;
  private final RecordSealer sealer;
  private final UsageSealer usage;
  private final LateHolds holds;
  private final AccountFacts facts;
  private final InstantSource clock;
  private final boolean keepsExpired;
  private final EntryWriter writer = new EntryWriter();
  private final Kind records = this::writeRecord;
  private final Kind events = this::writeUsage;
  private final List<Rejected> rejected = new ArrayList<>();
  private int sequences;
  private int unregistered;

  /** A sealer that suspends nothing. */
  public BatchSealer(
      MonthCalendar calendar,
      KeyRing keys,
      PeriodGate gate,
      AccountFacts facts,
      InstantSource clock) {
    this(calendar, keys, gate, facts, SuspenseRules.NONE, clock);
  }

  /**
   * @param gate what becomes of the records of a month
   * @param clock of the machine, for records from the future
   */
  public BatchSealer(
      MonthCalendar calendar,
      KeyRing keys,
      PeriodGate gate,
      AccountFacts facts,
      SuspenseRules rules,
      InstantSource clock) {
    this.ciphers = new MonthCiphers(calendar, keys, gate);
    this.aside = new AsideCiphers(keys, gate);
    this.sealer = new RecordSealer(ciphers, aside, facts, rules);
    this.keepsExpired = rules.expiredYear();
    this.usage = new UsageSealer(aside, facts);
    this.holds = new LateHolds(keys, sealer, writer);
    this.facts = facts;
    this.clock = clock;
  }

  /** Says which holds take what comes late, from the next batch on. */
  public BatchSealer watching(HeldScopes scopes) {
    holds.watch(scopes);
    return this;
  }

  /** Starts a batch. Records of accounts that are not allowed are rejected. */
  public void begin(Predicate<String> accountAllowed) {
    dropDestroyed();
    Instant now = clock.instant();
    long nowMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    ciphers.expiredTo(keepsExpired ? MonthId.suspense(YearMonth.from(now.atOffset(UTC))) : null);
    sealer.begin(accountAllowed, nowMicros);
    usage.begin(accountAllowed, nowMicros);
    writer.begin();
    rejected.clear();
    sequences = 0;
    unregistered = 0;
  }

  /**
   * Forgets the ciphers of keys that are destroyed, as {@link #begin} does, while no batch comes:
   * they hold key schedules. Between two batches only.
   */
  public void dropDestroyed() {
    ciphers.refresh();
    aside.refresh();
    holds.refresh();
  }

  /**
   * Adds a {@link DetailRecord} in its Protobuf encoding: sealed, or rejected by its code. Nothing
   * of it is kept when this returns but the sealed form.
   */
  public void add(byte[] record, int offset, int length) {
    take(records, record, offset, length);
  }

  /** Adds a {@link UsageRecord} in its Protobuf encoding, likewise. */
  public void addUsage(byte[] event, int offset, int length) {
    take(events, event, offset, length);
  }

  /**
   * Adds a record in place of a row in suspense: sealed as any other, and judged as any other. The
   * row goes when the record is applied; when it is not there any more, nothing is applied. That
   * holds where the record is of the row's own period; one that is corrected into another period is
   * applied there in any case, so whoever recycles lets one end before the next.
   */
  public void recycle(Suspended row, byte[] record, int offset, int length) {
    take((bytes, from, size) -> writeRecycled(row, bytes, from, size), record, offset, length);
  }

  /** Adds nothing but that a row in suspense goes; one place of the batch. */
  public void writeOff(Suspended row) {
    sequences++;
    writer.release(row);
  }

  /**
   * Adds a stripped row under its archive key, as it is to be applied: of a month that is archived.
   *
   * @param key {@code strip.ArchiveKey}, 18 bytes
   */
  public void addStripped(MonthId month, byte[] key, byte[] row, int offset, int length) {
    writeStripped(month, key, row, offset, length, EntryWriter.Marks.NONE);
  }

  /**
   * Adds another price of a record that is stored, as {@link EntryWriter#rate} says: neither the
   * calendar nor a rule is asked again.
   */
  public void rate(MonthId month, byte[] key, byte[] row, long startedAt, NewRating rating) {
    writer.rate(month, key, row, startedAt, rating);
    sequences++;
  }

  /**
   * Adds a record that is stored to what a hold keeps: the same bytes whenever it is added again.
   *
   * @param vault the hold's period, whose key was made
   * @param month cipher of the record's month
   * @throws CryptoException.KeyDestroyed when one of their keys is destroyed
   */
  public void addHeld(MonthId vault, SealedRecord record, MonthCipher month) {
    holds.copy(vault, record, month);
    sequences++;
  }

  /**
   * Adds nothing but that parts of a record that is stored are erased: from what is there when the
   * entry is applied, and from whatever comes for the record later. One place of the batch.
   *
   * @param erased what of it, with the pseudonyms under which it is not to be found any more
   */
  public void erase(MonthId month, byte[] key, PersonParts.Found erased) {
    writer.erase(month, key, erased.parts(), erased.hints());
    sequences++;
  }

  /** Adds that parts of a row in suspense are erased; the row stays. One place of the batch. */
  public void erase(Suspended row, int parts) {
    writer.erase(row, parts);
    sequences++;
  }

  /** Adds such a record in place of a row in suspense of its own month. */
  public void recycleStripped(Suspended replaced, byte[] key, byte[] row, int offset, int length) {
    EntryWriter.Marks marks = new EntryWriter.Marks(0, replaced);
    writeStripped(replaced.period(), key, row, offset, length, marks);
  }

  private void writeStripped(
      MonthId month, byte[] key, byte[] row, int offset, int length, EntryWriter.Marks marks) {
    if (key.length != Suspended.ARCHIVE_KEY_BYTES) {
      throw new IllegalArgumentException("archive key has " + key.length + " bytes, not 18");
    }
    if (length < 1 || row[offset] != RowFormat.STRIPPED) {
      throw new IllegalArgumentException("the row under an archive key is not a stripped one");
    }
    sequences++;
    writer.writeStripped(month, key, row, offset, length, marks);
  }

  /** Seals a message and writes its entries. */
  private interface Kind {
    void write(byte[] message, int offset, int length);
  }

  private void take(Kind kind, byte[] message, int offset, int length) {
    int place = sequences++;
    int mark = writer.entries().size();
    try {
      if (length > MAX_RECORD_BYTES) {
        throw new BadRecord(
            RejectionCode.RECORD_TOO_LARGE, "record has more than " + MAX_RECORD_BYTES + " bytes");
      }
      kind.write(message, offset, length);
    } catch (BadRecord e) {
      writer.entries().truncate(mark);
      rejected.add(new Rejected(place, e.code().getNumber(), e.reason()));
    }
  }

  /** The same again without identities, when the month's key was destroyed during the first. */
  private MonthCiphers.Slot sealOrStrip(byte[] record, int offset, int length) {
    try {
      return sealer.seal(null, record, offset, length);
    } catch (CryptoException.KeyDestroyed e) {
      ciphers.forget();
      return sealer.seal(null, record, offset, length);
    }
  }

  /** Whether the batch should end before another message; never before its first. */
  public boolean isFull() {
    return writer.isFull();
  }

  /** Ends the batch. */
  public SealedBatch finish() {
    byte[] body = BatchBody.of(writer, rejected);
    return new SealedBatch(body, body.length, sequences, rejected, unregistered);
  }

  private void writeRecord(byte[] record, int offset, int length) {
    MonthCiphers.Slot slot = sealOrStrip(record, offset, length);
    writeSealed(slot, 0, marks(null));
    holds.write(slot, record, offset, length);
  }

  /** What the rules say of the record at hand. */
  private EntryWriter.Marks marks(@Nullable Suspended replaced) {
    int code = sealer.judge.code();
    return code == 0 && replaced == null
        ? EntryWriter.Marks.NONE
        : new EntryWriter.Marks(code, replaced);
  }

  private void writeSealed(MonthCiphers.Slot slot, int flags, EntryWriter.Marks marks) {
    HeaderReader header = sealer.header;
    writer.write(slot, header, sealer.row, sealer.identities, flags, marks);
    if (!sealer.content.isEmpty()) {
      writer.write(
          sealer.content.slot(),
          header,
          sealer.content.row,
          null,
          EntryWriter.SAME_PLACE,
          EntryWriter.Marks.NONE);
    }
    count(header);
  }

  private void writeRecycled(Suspended row, byte[] record, int offset, int length) {
    MonthCiphers.Slot slot = sealOrStrip(record, offset, length);
    if (slot.period().equals(row.period())) {
      writeSealed(slot, 0, marks(row));
    } else {
      writer.release(row);
      writeSealed(slot, EntryWriter.SAME_PLACE, marks(null));
    }
    holds.write(slot, record, offset, length);
  }

  private void writeUsage(byte[] event, int offset, int length) {
    writer.write(
        usage.seal(event, offset, length),
        usage.header,
        usage.row,
        usage.identities,
        0,
        EntryWriter.Marks.NONE);
    count(usage.header);
  }

  private void count(HeaderReader header) {
    unregistered += facts.isRegistered(header.account().value()) ? 0 : 1;
  }
}
