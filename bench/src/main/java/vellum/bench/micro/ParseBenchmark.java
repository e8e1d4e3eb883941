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
import vellum.core.record.MonthId;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.SealedBatch;

/**
 * Parsing and validation with everything but the ciphers: the sealer of a month whose key is gone
 * walks, checks and writes the same, and leaves out what it would seal. One operation is one whole
 * record.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParseBenchmark {

  private static final int RECORDS = 500;

  private List<byte[]> messages = new ArrayList<>();
  private @Nullable BatchSealer sealer;

  /** Makes messages. */
  @Setup
  public void open() throws IOException {
    try (SealedTraffic traffic = new SealedTraffic()) {
      messages = traffic.messages(RECORDS);
      sealer = traffic.sealer(new WithoutKeys());
    }
  }

  /** Parses a batch of 500. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public SealedBatch parse() {
    return SealedTraffic.seal(Objects.requireNonNull(sealer), messages);
  }

  private static final class WithoutKeys implements PeriodGate {
    @Override
    public Mode mode(MonthId month) {
      return Mode.STRIP;
    }

    @Override
    public long revision() {
      return 0;
    }
  }
}
