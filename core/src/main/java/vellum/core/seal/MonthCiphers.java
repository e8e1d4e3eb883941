package vellum.core.seal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AccountId;
import vellum.core.record.BadRecord;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.v1.RejectionCode;

/**
 * The ciphers of one thread, by month: made once from the key ring and kept while their keys live.
 * Not thread-safe.
 */
final class MonthCiphers {

  private final MonthCalendar calendar;
  private final KeyRing keys;
  private final Map<MonthId, Slot> slots = new HashMap<>();
  private @Nullable Slot last;

  MonthCiphers(MonthCalendar calendar, KeyRing keys) {
    this.calendar = calendar;
    this.keys = keys;
  }

  /** The month of a record and its cipher; refuses a month whose identities are due. */
  Slot slot(
      AccountId account, String lawCountry, int channel, long startedAtMicros, long nowMicros) {
    MonthId month = calendar.monthOf(account, lawCountry, channel, 0, startedAtMicros);
    Slot slot = last;
    if (slot == null || !slot.month.equals(month)) {
      slot = slots.get(month);
    }
    if (slot == null) {
      long deadline = micros(calendar.identityDeadline(month));
      requireAlive(deadline, nowMicros);
      slot = new Slot(month, keys.key(month).newCipher(), deadline);
      slots.put(month, slot);
    }
    requireAlive(slot.deadlineMicros, nowMicros);
    last = slot;
    return slot;
  }

  /** Forgets all ciphers, so that those of destroyed keys do not linger. */
  void forgetDestroyed() {
    slots.clear();
    last = null;
  }

  private static void requireAlive(long deadlineMicros, long nowMicros) {
    if (deadlineMicros <= nowMicros) {
      throw new BadRecord(
          RejectionCode.TIME_TOO_OLD, "the identities of that month are due for erasure");
    }
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  /** A month, its cipher, and its place in the batch at hand. */
  static final class Slot {
    private final MonthId month;
    private final byte[] name;
    private final MonthCipher cipher;
    private final long deadlineMicros;
    private long batch;
    private int index;

    Slot(MonthId month, MonthCipher cipher, long deadlineMicros) {
      this.month = month;
      this.name = month.toString().getBytes(StandardCharsets.US_ASCII);
      this.cipher = cipher;
      this.deadlineMicros = deadlineMicros;
    }

    /** The month's name in ASCII. */
    byte[] name() {
      return name;
    }

    MonthCipher cipher() {
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
