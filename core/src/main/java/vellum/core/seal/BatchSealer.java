package vellum.core.seal;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.record.BadRecord;
import vellum.core.record.MonthCalendar;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.record.Wire;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.RejectionCode;
import vellum.v1.UsageRecord;

/**
 * Seals the records and usage events of one batch at a time. Not thread-safe: one for each thread
 * that seals.
 */
public final class BatchSealer {

  /** Number of the body's format. */
  static final int FORMAT = 2;

  /** Most bytes of a record in its Protobuf encoding. */
  public static final int MAX_RECORD_BYTES = 65_536;

  /** In the byte of identities: the entry is of the record whose entry came before. */
  static final int SAME_PLACE = 0x80;

  private static final int HINT_BYTES = 8;
  private static final int MAX_MONTHS = 255;

  private final MonthCiphers ciphers;
  private final AsideCiphers aside;
  private final RecordSealer sealer;
  private final UsageSealer usage;
  private final AccountFacts facts;
  private final InstantSource clock;
  private final Output entries = new Output(1 << 16);
  private final List<byte[]> months = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private long batch;
  private int sequences;
  private int unregistered;

  /**
   * @param gate what becomes of the records of a month
   * @param clock of the machine, for records from the future
   */
  public BatchSealer(
      MonthCalendar calendar,
      KeyRing keys,
      PeriodGate gate,
      AccountFacts facts,
      InstantSource clock) {
    this.ciphers = new MonthCiphers(calendar, keys, gate);
    this.aside = new AsideCiphers(keys, gate);
    this.sealer = new RecordSealer(ciphers, aside, facts);
    this.usage = new UsageSealer(aside, facts);
    this.facts = facts;
    this.clock = clock;
  }

  /** Starts a batch. Records of accounts that are not allowed are rejected. */
  public void begin(Predicate<String> accountAllowed) {
    ciphers.refresh();
    aside.refresh();
    Instant now = clock.instant();
    long nowMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    sealer.begin(accountAllowed, nowMicros);
    usage.begin(accountAllowed, nowMicros);
    entries.clear();
    months.clear();
    rejected.clear();
    sequences = 0;
    unregistered = 0;
    batch++;
  }

  /**
   * Forgets the ciphers of keys that are destroyed, as {@link #begin} does, while no batch comes:
   * they hold key schedules. Between two batches only.
   */
  public void dropDestroyed() {
    ciphers.refresh();
    aside.refresh();
  }

  /**
   * Adds a {@link DetailRecord} in its Protobuf encoding: sealed, or rejected by its code. Nothing
   * of it is kept when this returns but the sealed form.
   */
  public void add(byte[] record, int offset, int length) {
    take(this::writeRecord, record, offset, length);
  }

  /** Adds a {@link UsageRecord} in its Protobuf encoding, likewise. */
  public void addUsage(byte[] event, int offset, int length) {
    take(this::writeUsage, event, offset, length);
  }

  /** Seals a message and writes its entries. */
  private interface Kind {
    void write(byte[] message, int offset, int length);
  }

  private void take(Kind kind, byte[] message, int offset, int length) {
    int place = sequences++;
    int mark = entries.size();
    try {
      if (length > MAX_RECORD_BYTES) {
        throw new BadRecord(
            RejectionCode.RECORD_TOO_LARGE, "record has more than " + MAX_RECORD_BYTES + " bytes");
      }
      kind.write(message, offset, length);
    } catch (BadRecord e) {
      entries.truncate(mark);
      rejected.add(new Rejected(place, e.code().getNumber(), e.reason()));
    }
  }

  /** The same again without identities, when the month's key was destroyed during the first. */
  private MonthCiphers.Slot sealOrStrip(byte[] record, int offset, int length) {
    try {
      return seal(record, offset, length);
    } catch (CryptoException.KeyDestroyed e) {
      ciphers.forget();
      return seal(record, offset, length);
    }
  }

  /** Ends the batch. */
  public SealedBatch finish() {
    Output head = new Output(64 + 5 * rejected.size());
    head.writeByte(FORMAT);
    head.writeByte(months.size());
    for (byte[] name : months) {
      head.writeByte(name.length);
      head.write(name, 0, name.length);
    }
    head.writeVarint(rejected.size());
    for (Rejected one : rejected) {
      head.writeVarint(one.offset());
      head.writeVarint(one.code());
    }
    byte[] body = new byte[head.size() + entries.size()];
    System.arraycopy(head.bytes(), 0, body, 0, head.size());
    System.arraycopy(entries.bytes(), 0, body, head.size(), entries.size());
    return new SealedBatch(body, body.length, sequences, rejected, unregistered);
  }

  private MonthCiphers.Slot seal(byte[] record, int offset, int length) {
    try {
      return sealer.seal(record, offset, length, false);
    } catch (Wire.Truncated e) {
      throw malformed();
    } catch (AllowedField.NotCanonical e) {
      byte[] canonical = canonical(record, offset, length);
      return sealer.seal(canonical, 0, canonical.length, true);
    }
  }

  /** The same message with its fields in ascending order, each once, and its legs by number. */
  private static byte[] canonical(byte[] record, int offset, int length) {
    try {
      DetailRecord.Builder parsed =
          DetailRecord.parser().parseFrom(record, offset, length).toBuilder();
      List<Leg> legs = new ArrayList<>(parsed.getLegsList());
      legs.sort(Comparator.comparingInt(leg -> leg.getNumber()));
      return parsed.clearLegs().addAllLegs(legs).build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw malformed();
    }
  }

  private static BadRecord malformed() {
    return new BadRecord(
        RejectionCode.MALFORMED_RECORD, "the bytes are not a Protobuf message of the schema");
  }

  private void writeRecord(byte[] record, int offset, int length) {
    MonthCiphers.Slot slot = sealOrStrip(record, offset, length);
    HeaderReader header = sealer.header;
    write(slot, header, sealer.row, sealer.identities, 0);
    if (!sealer.content.isEmpty()) {
      write(sealer.content.slot(), header, sealer.content.row, null, SAME_PLACE);
    }
    count(header);
  }

  private void writeUsage(byte[] event, int offset, int length) {
    write(sealUsage(event, offset, length), usage.header, usage.row, usage.identities, 0);
    count(usage.header);
  }

  private MonthCiphers.Slot sealUsage(byte[] event, int offset, int length) {
    try {
      return usage.seal(event, offset, length, false);
    } catch (Wire.Truncated e) {
      throw malformed();
    } catch (AllowedField.NotCanonical e) {
      try {
        byte[] canonical = UsageRecord.parser().parseFrom(event, offset, length).toByteArray();
        return usage.seal(canonical, 0, canonical.length, true);
      } catch (InvalidProtocolBufferException notAMessage) {
        throw malformed();
      }
    } catch (CryptoException.KeyDestroyed e) {
      throw new BadRecord(
          RejectionCode.TIME_TOO_OLD, "nothing of that month of the usage log is kept any more");
    }
  }

  private void write(
      MonthCiphers.Slot slot,
      HeaderReader header,
      Output row,
      @Nullable IdentitySealer identities,
      int flags) {
    int count = identities == null ? 0 : identities.count();
    int hintBytes = count * HINT_BYTES;
    int month = index(slot);
    entries.writeVarint(2L + hintBytes + RecordKey.BYTES + row.size());
    entries.writeByte(month);
    entries.writeByte(count | flags);
    if (identities != null) {
      entries.write(identities.hints(), 0, hintBytes);
    }
    int key = entries.reserve(RecordKey.BYTES);
    RecordKey.write(entries.bytes(), key, header.account().keyPart(), header.idHigh, header.idLow);
    entries.write(row.bytes(), 0, row.size());
  }

  private int index(MonthCiphers.Slot slot) {
    int month = slot.index(batch);
    if (month < 0) {
      month = months.size();
      if (month == MAX_MONTHS) {
        throw new BadRecord(
            RejectionCode.TOO_MANY, "the batch has records of more than " + MAX_MONTHS + " months");
      }
      months.add(slot.name());
      slot.place(batch, month);
    }
    return month;
  }

  private void count(HeaderReader header) {
    if (!facts.isRegistered(header.account().value())) {
      unregistered++;
    }
  }
}
