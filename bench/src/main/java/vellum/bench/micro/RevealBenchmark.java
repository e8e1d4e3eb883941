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
import org.openjdk.jmh.infra.Blackhole;
import vellum.core.crypto.MonthCipher;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealedRecord;

/** From a sealed row back to a record with clear identities. One operation is one whole record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RevealBenchmark {

  private static final int RECORDS = 500;

  private final RecordOpener opener = new RecordOpener();
  private final List<SealedRecord> records = new ArrayList<>();
  private @Nullable MonthCipher cipher;

  /** Makes sealed records; keys are in memory and need no directory any more. */
  @Setup
  public void open() throws IOException {
    try (SealedTraffic traffic = new SealedTraffic()) {
      records.addAll(SealedTraffic.records(traffic.batch(RECORDS)));
      cipher = traffic.keys().key(SealedTraffic.MONTH).newCipher();
    }
  }

  /** Opens each record with its identities. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void reveal(Blackhole sink) {
    MonthCipher open = Objects.requireNonNull(cipher);
    for (SealedRecord record : records) {
      sink.consume(opener.open(record, Identities.CLEAR, open));
    }
  }
}
