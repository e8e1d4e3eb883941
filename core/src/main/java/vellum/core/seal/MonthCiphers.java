package vellum.core.seal;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AccountId;
import vellum.core.record.BadRecord;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.v1.RejectionCode;

/**
 * The ciphers of one thread, by month: made once from the key ring, as the gate says, and kept
 * until it may say something else. Not thread-safe.
 */
final class MonthCiphers {

  private final MonthCalendar calendar;
  private final KeyRing keys;
  private final PeriodGate gate;
  private final Map<MonthId, Slot> slots = new HashMap<>();
  private @Nullable Slot last;
  private @Nullable MonthId expiredTo;
  private long revision;

  MonthCiphers(MonthCalendar calendar, KeyRing keys, PeriodGate gate) {
    this.calendar = calendar;
    this.keys = keys;
    this.gate = gate;
    this.revision = gate.revision();
  }

  /** Forgets all ciphers when the gate may say something else than when they were made. */
  void refresh() {
    long now = gate.revision();
    if (now != revision) {
      revision = now;
      forget();
    }
  }

  /**
   * Where records go of a month of which nothing is kept any more.
   *
   * @param period of suspense, or null when they are refused
   */
  void expiredTo(@Nullable MonthId period) {
    if (!Objects.equals(period, expiredTo)) {
      expiredTo = period;
      forget();
    }
  }

  /** The month of a record, with its cipher if it is sealed; refuses a month that is gone. */
  Slot slot(HeaderReader header, String lawCountry) {
    MonthId month = monthOf(header, lawCountry);
    Slot slot = last;
    if (slot == null || !slot.month.equals(month)) {
      slot = slots.get(month);
    }
    if (slot == null) {
      slot = slot(month);
      slots.put(month, slot);
    }
    last = slot;
    return slot;
  }

  private Slot slot(MonthId month) {
    PeriodGate.Mode mode = gate.mode(month);
    return switch (mode) {
      case SEAL -> new Slot(month, month, sealing(month), gate.copiesHolds(month));
      case STRIP -> new Slot(month, month, null, true);
      case GONE -> {
        if (expiredTo == null) {
          throw new BadRecord(RejectionCode.TIME_TOO_OLD, "nothing of that month is kept any more");
        }
        yield new Slot(month, expiredTo, null, true);
      }
    };
  }

  private MonthId monthOf(HeaderReader header, String law) {
    AccountId account = header.account();
    long startedAt = header.startedAtMicros;
    if (header.direction == 0 && calendar.needsDirection(account, law, header.channel, startedAt)) {
      throw new BadRecord(
          RejectionCode.MISSING_DIRECTION,
          "direction is missing, and decides how long the record is kept");
    }
    return calendar.monthOf(account, law, header.channel, header.direction, startedAt);
  }

  /**
   * The cipher of a month's key. The key of its year, under which the month will be archived and by
   * which its records are put in order, is made before it: who reads a month has no key to make,
   * which a full disk would refuse. Null when it is destroyed since the gate was asked, or refused
   * but not off the disk yet: as if stripped.
   */
  private @Nullable MonthCipher sealing(MonthId month) {
    try {
      keys.key(month.year());
      return keys.key(month).newCipher();
    } catch (CryptoException.KeyDestroyed e) {
      return null;
    }
  }

  /** Forgets all ciphers, so that those of destroyed keys do not linger. */
  void forget() {
    slots.clear();
    last = null;
  }

  /** A month, its cipher, and its place in the batch at hand. */
  static final class Slot {
    private final MonthId month;
    private final MonthId period;
    private final byte[] name;
    private final @Nullable MonthCipher cipher;
    private final boolean copiesHolds;
    private long batch;
    private int index;

    /** Of a period whose records are sealed, and go nowhere else. */
    Slot(MonthId period, MonthCipher cipher) {
      this(period, period, cipher, false);
    }

    private Slot(MonthId month, MonthId period, @Nullable MonthCipher cipher, boolean copiesHolds) {
      this.month = month;
      this.period = period;
      this.name = period.toString().getBytes(StandardCharsets.US_ASCII);
      this.cipher = cipher;
      this.copiesHolds = copiesHolds || cipher == null;
    }

    /** Whether its records go at once into the holds that they belong to, too. */
    boolean copiesHolds() {
      return copiesHolds;
    }

    /** Where the record goes: its month, or a period of suspense. */
    MonthId period() {
      return period;
    }

    /** Whether nothing of the record's month is kept any more. */
    boolean isExpired() {
      return !period.equals(month);
    }

    /** The month's name in ASCII. */
    byte[] name() {
      return name;
    }

    /** Null when the month's records are taken without identities. */
    @Nullable MonthCipher cipher() {
      return cipher;
    }

    /** Index of the month in a batch, or -1 when the batch does not have it yet. */
    int index(long ofBatch) {
      return batch == ofBatch ? index : -1;
    }

    void place(long inBatch, int newIndex) {
      batch = inBatch;
      index = newIndex;
    }
  }
}
