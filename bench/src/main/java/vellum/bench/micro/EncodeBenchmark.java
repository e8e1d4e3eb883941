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
import vellum.core.seal.BatchSealer;
import vellum.core.seal.EntryReader;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.RowFormat;
import vellum.core.seal.SealedBatch;
import vellum.core.strip.ArchiveKey;

/**
 * From rows to the body of a batch: entries written one behind the other, and the body made of
 * them. The rows are as long as sealed ones and go in as stripped ones do, which is the one way in
 * that does not seal. One operation is one row.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {

  private static final int RECORDS = 500;

  private final byte[] key = new byte[ArchiveKey.BYTES];
  private byte[] rows = {};
  private int[] offsets = {};
  private @Nullable BatchSealer sealer;

  /** Makes rows. */
  @Setup
  public void open() throws IOException {
    try (SealedTraffic traffic = new SealedTraffic()) {
      SealedBatch batch = traffic.batch(RECORDS);
      EntryReader entries = new EntryReader().over(batch.body(), 0, batch.length());
      rows = new byte[batch.length()];
      offsets = new int[RECORDS + 1];
      for (int i = 0; entries.next(); i++) {
        int length = entries.rowLength();
        System.arraycopy(entries.bytes(), entries.rowOffset(), rows, offsets[i], length);
        rows[offsets[i]] = RowFormat.STRIPPED;
        offsets[i + 1] = offsets[i] + length;
      }
      sealer = traffic.sealer(PeriodGate.ALWAYS);
    }
  }

  /** Writes a batch of 500. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public SealedBatch encode() {
    BatchSealer open = Objects.requireNonNull(sealer);
    open.begin(account -> true);
    for (int i = 0; i < RECORDS; i++) {
      int length = offsets[i + 1] - offsets[i];
      open.addStripped(SealedTraffic.MONTH, key, rows, offsets[i], length);
    }
    return open.finish();
  }
}
