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
import vellum.ingest.protocol.BatchFrame;
import vellum.ingest.protocol.BatchReader;
import vellum.ingest.protocol.RawFrame;

/**
 * From the bytes of a connection to the bytes of each record. One operation is one whole record in
 * a batch of 500.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {

  private static final int RECORDS = 500;

  private final BatchReader reader = new BatchReader(RECORDS, 1 << 20);
  private final Pipe pipe = new Pipe();
  private @Nullable BatchFrame frame;
  private @Nullable RawFrame raw;

  /** Makes a frame. */
  @Setup
  public void open() throws IOException {
    try (SealedTraffic traffic = new SealedTraffic()) {
      frame = Pipe.frame(traffic.messages(RECORDS), 1);
      raw = pipe.cut(frame);
    }
  }

  /** Cuts a frame out of what comes in pieces as a socket gives them, and checks its sum. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int cut() {
    return pipe.cut(Objects.requireNonNull(frame)).length();
  }

  /** Checks the batch in a frame and finds its records. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long walk() {
    if (reader.open(Objects.requireNonNull(raw), false) != null) {
      throw new IllegalStateException("a frame of our own is corrupt");
    }
    long bytes = 0;
    while (reader.next()) {
      bytes += reader.length();
    }
    return bytes;
  }

  /** Closes the channel. */
  @TearDown
  public void close() {
    pipe.close();
    reader.close();
  }
}
