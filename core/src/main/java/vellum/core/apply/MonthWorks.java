package vellum.core.apply;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.period.PeriodException;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;

/** The months that the applier is writing. Not thread-safe; to be closed. */
final class MonthWorks implements AutoCloseable {

  /** Rounds without a message after which a month is no longer held open. */
  private static final int IDLE_ROUNDS = 256;

  private final RecordStore store;
  private final MonthKeys keys;
  private final Map<MonthId, MonthWork> works = new LinkedHashMap<>();

  /** Months that have expired, which is final. */
  private final Set<MonthId> gone = new HashSet<>();

  private long destructions;

  MonthWorks(RecordStore store, MonthKeys keys) {
    this.store = store;
    this.keys = keys;
    this.destructions = keys.keys().destructions();
  }

  /** The work on a month, as its owner has it; null when the month has expired. */
  @Nullable MonthWork of(MonthId month) {
    MonthWork work = works.get(month);
    if (work == null && !gone.contains(month)) {
      try {
        work = MonthWork.of(store.hold(month), keys);
        works.put(month, work);
      } catch (PeriodException.Gone | CryptoException.KeyDestroyed e) {
        // The secret of an archive year is destroyed with its last month.
        gone.add(month);
      }
    }
    return work;
  }

  Collection<MonthWork> all() {
    return works.values();
  }

  void closeIdle() {
    for (Iterator<MonthWork> all = works.values().iterator(); all.hasNext(); ) {
      MonthWork work = all.next();
      if (work.isIdle(IDLE_ROUNDS)) {
        all.remove();
        work.close();
      }
    }
  }

  /** Forgets the ciphers of keys that were destroyed since the last call. */
  void dropDestroyed() {
    long now = keys.keys().destructions();
    if (now != destructions) {
      destructions = now;
      works.values().forEach(MonthWork::dropDestroyed);
    }
  }

  /** Lets all months go; the next message asks anew who owns its month. */
  @Override
  public void close() {
    works.values().forEach(MonthWork::close);
    works.clear();
  }
}
