package vellum.core.apply;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.period.LiveMonth;
import vellum.core.period.MonthBatch;
import vellum.core.period.MonthState;
import vellum.core.period.RecordStore;

/**
 * A month that the applier is writing: held open, with its pending messages, its batch and its
 * cipher, all reused while messages for it keep coming. Not thread-safe; to be closed.
 */
final class MonthWork implements AutoCloseable {

  private final RecordStore.Hold hold;
  private final Optional<MonthKey> key;
  private final @Nullable MonthCipher cipher;
  private final MonthBatch batch;
  final Pending pending = new Pending();
  private int idleRounds;

  MonthWork(RecordStore.Hold hold, KeyRing keys) {
    this.hold = hold;
    this.key = keys.existing(hold.month().month());
    this.cipher = key.map(MonthKey::newCipher).orElse(null);
    this.batch = hold.month().batch();
  }

  /** Whether the month has what a journal sequence brings. */
  boolean has(long sequence) {
    return sequence <= month().state().position();
  }

  /** Resolves and writes what is pending; on failure it stays pending. */
  void write(Resolver resolver, long position) {
    batch.clear();
    boolean alive = key.isPresent() && !key.get().destroyed();
    MonthState change =
        resolver.resolve(
            new Resolver.Job(pending, month(), alive ? cipher : null, batch), position);
    month().write(batch, change);
    pending.clear();
  }

  LiveMonth month() {
    return hold.month();
  }

  /** Counts rounds without a message; true when there have been so many that it may be closed. */
  boolean isIdle(int rounds) {
    idleRounds = pending.count() > 0 ? 0 : idleRounds + 1;
    return idleRounds > rounds;
  }

  @Override
  public void close() {
    hold.close();
  }
}
