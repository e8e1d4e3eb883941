package vellum.core.seal;

import java.time.Instant;
import java.time.InstantSource;
import vellum.core.crypto.KeyRing;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;

/**
 * The gate of the keys: as long as a period's key lives and its stage allows it, identities are
 * sealed. A period that has had no key, and whose deadline has passed, gets the tombstone of one
 * before its first record, so that none is ever made. Thread-safe.
 */
public final class KeyedGate implements PeriodGate {

  private final KeyRing keys;
  private final PeriodLife life;
  private final MonthCalendar calendar;
  private final InstantSource trustedClock;

  /**
   * @param trustedClock the clock that decides what is erased; never one that may jump
   */
  public KeyedGate(
      KeyRing keys, PeriodLife life, MonthCalendar calendar, InstantSource trustedClock) {
    this.keys = keys;
    this.life = life;
    this.calendar = calendar;
    this.trustedClock = trustedClock;
  }

  /**
   * {@inheritDoc}
   *
   * @throws vellum.core.crypto.CryptoException.KeyStorageFailed when a tombstone was due and could
   *     not be made durable
   */
  @Override
  public Mode mode(MonthId month) {
    if (life.isGone(month)) {
      return Mode.GONE;
    }
    if (keys.existing(month).isPresent()) {
      return life.isSealing(month) ? Mode.SEAL : Mode.STRIP;
    }
    Instant now = trustedClock.instant();
    if (!now.isBefore(calendar.removal(month))) {
      return Mode.GONE;
    }
    if (keys.destroyed(month)) {
      return Mode.STRIP;
    }
    if (now.isBefore(calendar.identityDeadline(month))) {
      return life.isSealing(month) ? Mode.SEAL : Mode.STRIP;
    }
    keys.destroy(month, now);
    return Mode.STRIP;
  }

  @Override
  public boolean copiesHolds(MonthId month) {
    return life.isCopyingHolds(month);
  }

  @Override
  public long revision() {
    return keys.destructions() + life.revision();
  }
}
