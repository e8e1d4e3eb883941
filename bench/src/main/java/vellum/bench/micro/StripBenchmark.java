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
import vellum.core.seal.EntryReader;
import vellum.core.seal.SealedBatch;
import vellum.core.strip.RowStripper;
import vellum.core.strip.StripProfile;

/**
 * From a sealed row to a stripped row and its key, whose MAC is part of it. One operation is one
 * whole record of generated traffic.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StripBenchmark {

  private static final int RECORDS = 500;

  private final EntryReader entries = new EntryReader();
  private @Nullable SealedBatch batch;
  private @Nullable RowStripper stripper;

  /** Makes sealed rows; keys are in memory and need no directory any more. */
  @Setup
  public void open() throws IOException {
    try (SealedTraffic traffic = new SealedTraffic()) {
      batch = traffic.batch(RECORDS);
      stripper =
          new RowStripper(
              StripProfile.DEFAULT, traffic.keys().key(SealedTraffic.MONTH.year()).newYearMac());
    }
  }

  /** Strips the records of a batch; returns something that depends on all of it. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long strip() {
    RowStripper open = Objects.requireNonNull(stripper);
    SealedBatch sealed = Objects.requireNonNull(batch);
    entries.over(sealed.body(), 0, sealed.length());
    long bytes = 0;
    while (entries.next()) {
      open.strip(
          entries.bytes(),
          entries.keyOffset(),
          entries.bytes(),
          entries.rowOffset(),
          entries.rowLength());
      bytes += open.row().size() + open.key()[17];
    }
    return bytes;
  }
}
