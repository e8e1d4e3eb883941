package vellum.bench.micro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
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
import vellum.core.journal.JournalConfig;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.SealedBatch;
import vellum.ingest.protocol.BatchFrame;
import vellum.ingest.protocol.BatchReader;
import vellum.ingest.protocol.RawFrame;

/**
 * The whole way of new records on one thread: frame, seal, journal, force, months; and the second
 * half of it alone. One operation is one record. What RocksDB's own threads do is not in the CPU of
 * this one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PathBenchmark {

  private static final int BATCH = 500;
  private static final int GROUP = 16;
  private static final int GROUPS = 5;
  private static final int RECORDS = BATCH * GROUP * GROUPS;

  private final Pipe pipe = new Pipe();
  private final BatchReader reader = new BatchReader(BATCH, 1 << 20);
  private @Nullable SealedTraffic traffic;
  private @Nullable Engine engine;
  private Iterator<BatchFrame> frames = List.<BatchFrame>of().iterator();
  private Iterator<SealedBatch> batches = List.<SealedBatch>of().iterator();

  /** Makes the records of all iterations. */
  @Setup
  public void open(BenchmarkParams params) throws IOException {
    SealedTraffic opened = new SealedTraffic();
    traffic = opened;
    Engine made = opened.engine(JournalConfig.Ack.DISK);
    engine = made;
    boolean whole = params.getBenchmark().endsWith(".path");
    int iterations = params.getWarmup().getCount() + params.getMeasurement().getCount();
    List<BatchFrame> first = new ArrayList<>();
    List<SealedBatch> second = new ArrayList<>();
    for (int i = 0; i < iterations * GROUPS * GROUP; i++) {
      List<byte[]> messages = opened.messages(BATCH);
      if (whole) {
        first.add(Pipe.frame(messages, 1 + (long) i * BATCH));
      } else {
        second.add(SealedTraffic.seal(made.sealer(), messages));
      }
    }
    frames = first.iterator();
    batches = second.iterator();
  }

  /** From the bytes of a connection to the months. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void path() {
    Engine open = Objects.requireNonNull(engine);
    for (int group = 0; group < GROUPS; group++) {
      for (int i = 0; i < GROUP; i++) {
        open.append(seal(open.sealer(), pipe.cut(frames.next())));
      }
      open.force();
      open.apply();
    }
  }

  private SealedBatch seal(BatchSealer sealer, RawFrame frame) {
    if (reader.open(frame, false) != null) {
      throw new IllegalStateException("a frame of our own is corrupt");
    }
    sealer.begin(account -> true);
    while (reader.next()) {
      sealer.add(reader.buffer(), reader.offset(), reader.length());
    }
    return sealer.finish();
  }

  /** Journaled, forced and applied. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void journalAndApply() {
    Engine open = Objects.requireNonNull(engine);
    for (int group = 0; group < GROUPS; group++) {
      for (int i = 0; i < GROUP; i++) {
        open.append(batches.next());
      }
      open.force();
      open.apply();
    }
  }

  /** Deletes everything. */
  @TearDown
  public void close() throws IOException {
    pipe.close();
    reader.close();
    Objects.requireNonNull(engine).close();
    Objects.requireNonNull(traffic).close();
  }
}
