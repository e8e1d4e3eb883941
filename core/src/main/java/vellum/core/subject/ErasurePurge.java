package vellum.core.subject;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.period.FoundRecord;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;
import vellum.core.store.Purged;

/**
 * Takes what was erased out of the files of its months: the files of rows part by part of the
 * ledger, then the index of each month, which is closed and opened anew for the list of its files;
 * and sees that the old files are gone. May be begun anew at any time. For one thread.
 */
final class ErasurePurge {

  private final ErasureSetup setup;

  /** Names of files that must be gone, for what this process wrote anew. */
  private final Map<MonthId, List<String>> replaced = new HashMap<>();

  private @Nullable Deque<MonthId> left;
  private @Nullable CompletableFuture<Void> closing;
  private final AtomicBoolean closed = new AtomicBoolean();

  ErasurePurge(ErasureSetup setup) {
    this.setup = setup;
  }

  /**
   * Purges the rows of a part of the ledger; returns bytes of the files that were written anew.
   *
   * @throws ErasureException.NotErased when a row still has what was erased
   */
  long rows(List<ErasedRow> part) {
    SortedMap<MonthId, List<ErasedRow>> months = new TreeMap<>();
    part.forEach(row -> months.computeIfAbsent(row.month(), any -> new ArrayList<>()).add(row));
    long bytes = 0;
    for (Map.Entry<MonthId, List<ErasedRow>> month : months.entrySet()) {
      bytes += rows(month.getKey(), month.getValue());
    }
    return bytes;
  }

  private long rows(MonthId month, List<ErasedRow> rows) {
    Optional<RecordStore.Hold> held = setup.months().holdExisting(month);
    if (held.isEmpty()) {
      return 0;
    }
    try (RecordStore.Hold hold = held.get()) {
      if (!(hold.month() instanceof LiveMonth live)) {
        return 0;
      }
      rows.forEach(row -> requireErased(live, row));
      return noted(month, live.purgeRecords(rows.stream().map(ErasedRow::key).toList()));
    }
  }

  private static void requireErased(LiveMonth live, ErasedRow row) {
    int parts = row.found().parts();
    if (row.suspended() == null
        && live.record(row.key()).orElse(null) instanceof FoundRecord.Sealed there
        && (there.record().reader().erased() & parts) != parts) {
      throw new ErasureException.NotErased(row.month());
    }
  }

  private long noted(MonthId month, Purged purged) {
    replaced.computeIfAbsent(month, any -> new ArrayList<>()).addAll(purged.replaced());
    return purged.bytes();
  }

  /**
   * Purges the index of one of the months, and opens it anew.
   *
   * @param months asked for them once
   * @return bytes of the files that were written anew; empty when all months are done
   */
  Optional<Long> index(Supplier<SortedSet<MonthId>> months) {
    Deque<MonthId> all = left;
    if (all == null) {
      all = new ArrayDeque<>(months.get());
      left = all;
    }
    MonthId month = all.peek();
    if (month == null) {
      return Optional.empty();
    }
    CompletableFuture<Void> asked = closing;
    if (asked == null) {
      long bytes = index(month);
      ask(month);
      return Optional.of(bytes);
    }
    if (asked.isDone()) {
      // A closing that failed is tried again, as is one that found a reader.
      if (!closed.get() || !isGone(month)) {
        ask(month);
      } else {
        all.remove();
        closing = null;
      }
    }
    return Optional.of(0L);
  }

  private long index(MonthId month) {
    Optional<RecordStore.Hold> held = setup.months().holdExisting(month);
    if (held.isEmpty()) {
      return 0;
    }
    try (RecordStore.Hold hold = held.get()) {
      return hold.month() instanceof LiveMonth live ? noted(month, live.purgeSubjects()) : 0;
    }
  }

  private void ask(MonthId month) {
    closed.set(false);
    closing = setup.applier().between(sequence -> closed.set(setup.months().closeToReopen(month)));
  }

  /** Opens the month anew, which forgets what it has no use for; whether the old files are gone. */
  private boolean isGone(MonthId month) {
    setup.months().holdExisting(month).ifPresent(RecordStore.Hold::close);
    Path directory = setup.months().directoryOf(month);
    return replaced.getOrDefault(month, List.of()).stream()
        .noneMatch(name -> Files.exists(directory.resolve(name)));
  }
}
