package vellum.core.apply;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.journal.JournalEntry;
import vellum.core.period.Month;
import vellum.core.period.MonthBatch;
import vellum.core.period.MonthState;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.seal.EntryReader;
import vellum.core.seal.RowEraser;

/**
 * A month that the applier is writing: held open, with its pending messages, its batch, and what
 * its owner needs: a live one the cipher of its key, for as long as that lives; an archived one the
 * stripper of its year. All reused while messages for it keep coming. Not thread-safe; to be
 * closed.
 */
final class MonthWork implements AutoCloseable {

  private final RecordStore.Hold hold;
  private final Optional<MonthKey> key;
  private @Nullable MonthCipher cipher;
  private final MonthBatch batch;
  final Pending pending;

  /** What the month has, but not in its index. */
  private final Pending unindexed;

  private final SubjectRows subjects = new SubjectRows();
  private final RowEraser eraser = new RowEraser();
  private int idleRounds;

  private MonthWork(RecordStore.Hold hold, Optional<MonthKey> key, Pending pending) {
    this.hold = hold;
    this.key = key;
    this.cipher = newCipher(key);
    this.batch = hold.month().batch();
    this.pending = pending;
    this.unindexed = new Pending(hold.month());
  }

  private static @Nullable MonthCipher newCipher(Optional<MonthKey> key) {
    try {
      return key.map(MonthKey::newCipher).orElse(null);
    } catch (CryptoException.KeyDestroyed e) {
      return null;
    }
  }

  /** Starts work on a month; the hold is given back when this fails. */
  static MonthWork of(RecordStore.Hold hold, MonthKeys keys) {
    try {
      Month month = hold.month();
      return month.owner() == Stage.Owner.LIVE
          ? new MonthWork(hold, keys.existing(month.month()), new Pending(month))
          : new MonthWork(hold, Optional.empty(), new Pending(month, keys.stripper(month.month())));
    } catch (RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  /** Whether the month has what a journal sequence brings. */
  boolean has(long sequence) {
    return sequence <= month().state().position();
  }

  /** Whether the month lacks index rows of a journal sequence that it has. */
  boolean lacksIndex(long sequence) {
    return sequence > month().indexedPosition() && cipher != null;
  }

  /** Takes of the entry at hand what the index lacks. */
  void index(EntryReader entry, JournalEntry from) {
    unindexed.addIndexed(entry, from.sequence());
  }

  /**
   * Takes the entry at hand; false when the secret of the month's archive year is destroyed, with
   * which the month expires.
   */
  boolean add(EntryReader entry, JournalEntry from) {
    try {
      pending.add(entry, from);
      return true;
    } catch (CryptoException.KeyDestroyed e) {
      return false;
    }
  }

  /** Resolves and writes what is pending; on failure it stays pending. */
  void write(Resolver resolver, long position, boolean notesChanges) {
    dropDestroyed();
    writeIndex(position);
    if (pending.isEmpty()) {
      return;
    }
    MonthState change;
    try {
      change = resolve(resolver, position, notesChanges);
    } catch (CryptoException.KeyDestroyed e) {
      // Destroyed meanwhile: the same again, without index.
      cipher = null;
      change = resolve(resolver, position, notesChanges);
    }
    month().write(batch, change);
    pending.clear();
  }

  private void writeIndex(long position) {
    MonthCipher live = cipher;
    if (unindexed.isEmpty() || live == null) {
      unindexed.clear();
      return;
    }
    batch.clear();
    subjects.clear();
    try {
      unindexed(live);
      subjects.put(live, batch);
    } catch (CryptoException.KeyDestroyed e) {
      cipher = null;
    }
    month().index(batch, position);
    unindexed.clear();
  }

  /**
   * Takes what the index lacks in its order. Rows have what was erased up to the month's position,
   * so that a message of before is indexed without what a later one erased: the same in the end.
   * Where anything was erased, a submission that is not the row's any more is not indexed: it may
   * never have been, or no more.
   */
  private void unindexed(MonthCipher live) {
    long[] kept = new long[unindexed.count()];
    Arrays.fill(kept, RowEraser.ALL_KEPT);
    if (month().hasErasures()) {
      month()
          .records(
              unindexed.keys(),
              unindexed.count(),
              (message, row, offset, length) -> {
                int parts = eraser.parts(row, offset, length);
                if (!unindexed.isErasure(message)) {
                  int from = unindexed.rowOffset(message);
                  int size = unindexed.rowLength(message);
                  boolean isOld =
                      eraser.submission(unindexed.rows(), from, size)
                          < eraser.submission(row, offset, length);
                  kept[message] = isOld ? 0 : eraser.kept(unindexed.rows(), from, size, parts);
                }
              });
    }
    for (int i = 0; i < unindexed.count(); i++) {
      if (unindexed.isErasure(i)) {
        subjects.drop(unindexed, i, live);
      } else {
        subjects.add(unindexed, i, live, kept[i]);
      }
    }
  }

  /** Whether nothing is to be written. */
  boolean isEmpty() {
    return pending.isEmpty() && unindexed.isEmpty();
  }

  private MonthState resolve(Resolver resolver, long position, boolean notesChanges) {
    batch.clear();
    pending.suspense.writeTo(batch, notesChanges ? position : -1);
    return resolver.resolve(
        new Resolver.Job(pending, month(), cipher, batch, notesChanges), position);
  }

  /** Forgets the cipher when its key is destroyed: it holds key schedules. */
  void dropDestroyed() {
    if (key.isPresent() && key.get().destroyed()) {
      cipher = null;
    }
  }

  Month month() {
    return hold.month();
  }

  /** Counts rounds without a message; true when there have been so many that it may be closed. */
  boolean isIdle(int rounds) {
    idleRounds = !isEmpty() ? 0 : idleRounds + 1;
    return idleRounds > rounds;
  }

  @Override
  public void close() {
    hold.close();
  }
}
