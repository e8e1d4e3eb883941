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
import org.openjdk.jmh.annotations.TearDown;
import vellum.bench.engine.Engine;
import vellum.core.journal.JournalConfig;
import vellum.core.seal.SealedBatch;

/**
 * Batches of 500 appended and forced, sixteen at a time as under load; and what is forced, read as
 * the applier reads it. One operation is one record; each iteration writes as many.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ForceBenchmark {

  private static final int BATCH = 500;
  private static final int GROUP = 16;
  private static final int GROUPS = 16;
  private static final int RECORDS = BATCH * GROUP * GROUPS;

  private @Nullable SealedTraffic traffic;
  private @Nullable Engine written;
  private @Nullable SealedTraffic other;
  private @Nullable Engine full;
  private @Nullable SealedBatch sealed;

  /** Opens two journals: one to write to, one that is full. */
  @Setup
  public void open() throws IOException {
    SealedTraffic opened = new SealedTraffic();
    traffic = opened;
    sealed = opened.batch(BATCH);
    written = opened.engine(JournalConfig.Ack.DISK);
    SealedTraffic second = new SealedTraffic();
    other = second;
    full = second.engine(JournalConfig.Ack.DISK);
    fill(full);
  }

  private void fill(Engine engine) {
    SealedBatch body = Objects.requireNonNull(sealed);
    for (int group = 0; group < GROUPS; group++) {
      for (int i = 0; i < GROUP; i++) {
        engine.append(body);
      }
      engine.force();
    }
  }

  /** Appends and forces. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void appendAndForce() {
    fill(Objects.requireNonNull(written));
  }

  /** Reads the journal, sums compared. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long read() {
    return Objects.requireNonNull(full).read();
  }

  /** Deletes the journals. */
  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(written).close();
    Objects.requireNonNull(traffic).close();
    Objects.requireNonNull(full).close();
    Objects.requireNonNull(other).close();
  }
}
