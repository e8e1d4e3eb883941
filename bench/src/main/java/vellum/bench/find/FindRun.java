package vellum.bench.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import vellum.bench.engine.Engine;
import vellum.bench.process.WorkDirectory;
import vellum.core.period.Month;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;
import vellum.core.search.Reach;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/**
 * Fills stores of several sizes, the largest with more and more months, and asks each: for the
 * first time, with nothing of its files in memory, and again; with and without a hold's vault that
 * keeps the same records. For one thread.
 */
final class FindRun {

  private static final List<Integer> MARKS = List.of(1, 4, SearchedStore.MONTHS);

  /** Fewer records a month are not asked: nearly all are those of the people asked for. */
  private static final long LEAST_A_MONTH = 100;

  private static final int WARM_ROUNDS = 3;

  private final WorkDirectory work;
  private final Plan plan;
  private boolean isWarmedUp;
  private boolean isDropped = true;

  /**
   * What is asked.
   *
   * @param records of the largest store with all months, the people's not counted
   * @param questions of each kind, thousands of records apart
   * @param warmUp how long the first store is asked before it counts, for the compilers
   */
  record Plan(long records, int questions, Duration warmUp) {

    /** Records a month of the stores: a hundredth, a tenth, all. */
    List<Long> sizes() {
      long all = Math.max(1, records / SearchedStore.MONTHS);
      List<Long> sizes = new ArrayList<>();
      for (long part : new long[] {100, 10}) {
        if (all / part >= LEAST_A_MONTH) {
          sizes.add(all / part);
        }
      }
      sizes.add(all);
      return sizes;
    }
  }

  /**
   * What a store answered.
   *
   * @param liveBytes of the files of all months
   * @param wrong answers that were not what was made
   */
  record Asked(
      long recordsAMonth,
      int months,
      boolean isWithVault,
      long liveBytes,
      List<Timing> timings,
      int wrong) {}

  FindRun(WorkDirectory work, Plan plan) {
    this.work = work;
    this.plan = plan;
  }

  /**
   * Runs all of it.
   *
   * @param screen where it says how far a store is filled
   * @param asked is told what each store answered
   */
  void run(Screen screen, Consumer<Asked> asked) throws IOException, InterruptedException {
    for (long size : plan.sizes()) {
      boolean isLargest = size == plan.sizes().get(plan.sizes().size() - 1);
      List<Integer> marks = isLargest ? MARKS : List.of(SearchedStore.MONTHS);
      Path directory = Files.createDirectories(work.path().resolve("data-" + size));
      SearchedStore store = new SearchedStore(directory, size, new People(plan.questions(), marks));
      int before = 0;
      for (int months : marks) {
        try (Filling filling = new Filling(screen, size, months - before)) {
          store.fill(months, filling);
        }
        before = months;
        warmUp(store, months);
        MonthId vault = SearchedStore.vault(months);
        asked.accept(ask(store, directory, size, months, Reach.NONE));
        Reach withVault = new Reach(new TreeSet<>(Collections.singleton(vault)), false);
        asked.accept(ask(store, directory, size, months, withVault));
      }
      work.drop(directory);
    }
  }

  /** Whether the system forgot the files before each first round. */
  boolean isDropped() {
    return isDropped;
  }

  /** Says how many records of further months are applied, the people's with them. */
  private static final class Filling implements LongConsumer, AutoCloseable {
    private final ProgressMeter meter;
    private final long all;
    private long applied;

    Filling(Screen screen, long recordsAMonth, int months) {
      this.all = recordsAMonth * months;
      String task = "%d more months of %,d records".formatted(months, recordsAMonth);
      this.meter = new ProgressMeter(screen, task, "records", System::nanoTime);
    }

    @Override
    public void accept(long more) {
      applied += more;
      meter.at(Math.min(applied, all), all, applied);
    }

    @Override
    public void close() {
      meter.close();
    }
  }

  private void warmUp(SearchedStore store, int months) {
    if (!isWarmedUp) {
      isWarmedUp = true;
      try (Engine engine = store.open()) {
        Asking asking = new Asking(engine, Reach.NONE, store.people(), months);
        long start = System.nanoTime();
        while (System.nanoTime() - start < plan.warmUp().toNanos()) {
          asking.round(false);
        }
      }
    }
  }

  private Asked ask(SearchedStore store, Path directory, long size, int months, Reach reach)
      throws IOException, InterruptedException {
    isDropped &= PageCache.drop(directory);
    try (Engine engine = store.open()) {
      long bytes = openAll(engine);
      Asking asking = new Asking(engine, reach, store.people(), months);
      asking.round(true);
      for (int i = 0; i < WARM_ROUNDS; i++) {
        asking.round(false);
      }
      return new Asked(
          size, months, !reach.vaults().isEmpty(), bytes, asking.timings(), asking.wrong());
    }
  }

  /** Opens all months, as a server does at its start; returns the bytes of their files. */
  private static long openAll(Engine engine) {
    long bytes = 0;
    for (MonthId month : engine.months().months()) {
      try (RecordStore.Hold hold = engine.months().hold(month)) {
        Month open = hold.month();
        bytes += open.stats().liveFileBytes();
      }
    }
    return bytes;
  }
}
