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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import vellum.bench.engine.Engine;
import vellum.core.journal.JournalConfig;
import vellum.core.seal.SealedBatch;

/**
 * From a sealed batch to the mapped file, without a force: through the ring, numbered, with its
 * sum, copied. One operation is one record; each iteration appends as many, so that what it writes
 * is bounded.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalBenchmark {

  static final int RECORDS = 204_800;

  /** Records in a batch. */
  @Param({"1", "16", "256", "4096"})
  int batch = 1;

  private @Nullable SealedTraffic traffic;
  private @Nullable Engine engine;
  private @Nullable SealedBatch sealed;

  /** Opens a journal whose receipts do not wait for the disk. */
  @Setup
  public void open() throws IOException {
    SealedTraffic opened = new SealedTraffic();
    traffic = opened;
    sealed = opened.batch(batch);
    engine = opened.engine(JournalConfig.Ack.MEMORY);
  }

  /** Appends batches. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void append() {
    Engine open = Objects.requireNonNull(engine);
    SealedBatch body = Objects.requireNonNull(sealed);
    for (int done = 0; done < RECORDS; done += batch) {
      open.append(body);
      open.write();
    }
  }

  /** Deletes the journal. */
  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(engine).close();
    Objects.requireNonNull(traffic).close();
  }
}
