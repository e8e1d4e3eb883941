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

/**
 * The ring alone: a command that writes nothing goes to the appender and is answered. One operation
 * is one command, as a batch is one; both ends are on one thread, so nobody is woken.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RingBenchmark {

  private static final int COMMANDS = 256;

  private @Nullable SealedTraffic traffic;
  private @Nullable Engine engine;

  /** Opens a journal with a stream that has a record. */
  @Setup
  public void open() throws IOException {
    SealedTraffic opened = new SealedTraffic();
    traffic = opened;
    Engine made = opened.engine(JournalConfig.Ack.MEMORY);
    made.append(opened.batch(1));
    made.write();
    engine = made;
  }

  /** Hands over as many commands as the appender takes at once. */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public void handOver() {
    Engine open = Objects.requireNonNull(engine);
    for (int i = 0; i < COMMANDS; i++) {
      open.handOver();
    }
    open.write();
  }

  /** Deletes the journal. */
  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(engine).close();
    Objects.requireNonNull(traffic).close();
  }
}
