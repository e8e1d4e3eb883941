package vellum.bench.micro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import vellum.bench.engine.Engine;
import vellum.core.crypto.MonthCipher;
import vellum.core.journal.JournalConfig;
import vellum.core.period.Month;
import vellum.core.period.MonthBatch;
import vellum.core.period.MonthState;
import vellum.core.period.RecordStore;

/**
 * What a month's store does for the applier: a batch of 4,096 new records with their subjects, and
 * the look-up of keys before it. Half of what the month has is flushed, half is in memory. One
 * operation is one record.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MonthBenchmark {

  private static final int BATCH = 4096;
  private static final int BATCHES = 10;
  private static final int RECORDS = BATCH * BATCHES;

  private final List<SortedRows> present = new ArrayList<>();
  private final List<SortedRows> absent = new ArrayList<>();
  private @Nullable SealedTraffic traffic;
  private @Nullable Engine engine;
  private RecordStore.@Nullable Hold hold;
  private @Nullable MonthBatch batch;
  private int next;

  /** Fills a month, and makes the records of all iterations. */
  @Setup
  public void open(BenchmarkParams params) throws IOException {
    SealedTraffic opened = new SealedTraffic();
    traffic = opened;
    Engine made = opened.engine(JournalConfig.Ack.MEMORY);
    engine = made;
    hold = made.months().hold(SealedTraffic.MONTH);
    batch = month().batch();
    MonthCipher cipher = opened.keys().key(SealedTraffic.MONTH).newCipher();
    fill(present, BATCHES, cipher);
    for (int i = 0; i < BATCHES; i++) {
      write(present.get(i));
      if (i == BATCHES / 2) {
        month().flush();
      }
    }
    int iterations = params.getWarmup().getCount() + params.getMeasurement().getCount();
    fill(absent, params.getBenchmark().endsWith(".write") ? iterations * BATCHES : BATCHES, cipher);
  }

  private void fill(List<SortedRows> list, int batches, MonthCipher cipher) {
    SealedTraffic open = Objects.requireNonNull(traffic);
    for (int i = 0; i < batches; i++) {
      list.add(new SortedRows(open.batch(BATCH), cipher));
    }
  }

  private Month month() {
    return Objects.requireNonNull(hold).month();
  }

  private void write(SortedRows rows) {
    MonthBatch open = Objects.requireNonNull(batch);
    rows.putInto(open);
    month().write(open, MonthState.ofRows(rows.count()));
  }

  /** Writes new records and their subjects. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void write() {
    for (int i = 0; i < BATCHES; i++) {
      write(absent.get(next++));
    }
  }

  /** Looks up records that are not there, as most are. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int lookUpNew() {
    return lookUp(absent);
  }

  /** Looks up records that are there, as duplicates and later aspects are. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int lookUpKnown() {
    return lookUp(present);
  }

  private int lookUp(List<SortedRows> batches) {
    int[] bytes = new int[1];
    for (SortedRows rows : batches) {
      month()
          .records(
              rows.keys(),
              rows.count(),
              (index, value, offset, length) -> bytes[0] += value[offset] + length);
    }
    return bytes[0];
  }

  /** Deletes the month. */
  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(hold).close();
    Objects.requireNonNull(engine).close();
    Objects.requireNonNull(traffic).close();
  }
}
