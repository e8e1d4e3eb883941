package vellum.bench.micro;

import java.io.IOException;
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
import vellum.core.billing.CellMap;
import vellum.core.billing.RowCells;
import vellum.core.record.RecordKey;
import vellum.core.seal.EntryReader;
import vellum.core.seal.SealedBatch;

/**
 * From a row to its cells, and into the sums of a batch and of a month. One operation is one whole
 * record of generated traffic, a batch has 4,096.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CellBenchmark {

  private static final int RECORDS = 4096;

  private final EntryReader entries = new EntryReader();
  private final RowCells cells = new RowCells();
  private final RowCells none = new RowCells();
  private final CellMap batchCells = new CellMap();
  private final CellMap monthCells = new CellMap();
  private @Nullable SealedBatch batch;

  /** Makes sealed rows. */
  @Setup
  public void open() throws IOException {
    try (SealedTraffic traffic = new SealedTraffic()) {
      batch = traffic.batch(RECORDS);
    }
  }

  /** Reads the cells of rows; returns how many they were. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long read() {
    begin();
    long count = 0;
    while (entries.next()) {
      count += readRow().size();
    }
    return count;
  }

  /** The same, summed for the batch, as of new records. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long readAndSum() {
    begin();
    batchCells.clear();
    while (entries.next()) {
      readRow().replace(none, batchCells);
    }
    return batchCells.size();
  }

  /** The same, and the batch's sums added to those of the month. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long readAndSumIntoMonth() {
    long count = readAndSum();
    monthCells.addAll(batchCells);
    return count + monthCells.size();
  }

  private void begin() {
    SealedBatch sealed = Objects.requireNonNull(batch);
    entries.over(sealed.body(), 0, sealed.length());
  }

  private RowCells readRow() {
    return cells.read(
        entries.bytes(),
        entries.rowOffset(),
        entries.rowLength(),
        RecordKey.millis(entries.bytes(), entries.keyOffset()) / 1000);
  }
}
