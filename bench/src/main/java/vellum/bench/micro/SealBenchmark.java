package vellum.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.record.DefaultCalendar;
import vellum.core.seal.AccountFacts;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.SealedBatch;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.DetailRecord;

/**
 * From Protobuf bytes to a sealed batch: parse, validation, canonical form, seal, pseudonym,
 * encoding. One operation is one message of generated traffic.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealBenchmark {

  private static final int MESSAGES = 500;
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  /** Share of records whose later aspects come as messages of their own. */
  @Param({"0.0", "0.5"})
  double aspects;

  private List<byte[]> messages = new ArrayList<>();
  private Path directory = Path.of("");
  private @Nullable BatchSealer sealer;

  /** Makes keys and traffic. */
  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("vellum-bench");
    sealer = sealer(directory);
    messages = new ArrayList<>();
    TrafficGenerator traffic =
        new TrafficGenerator(
            GeneratorOptions.of(7, MESSAGES, NOW.minus(Duration.ofDays(1)), NOW)
                .withShares(0, 0, aspects));
    while (messages.size() < MESSAGES && traffic.next()) {
      DetailRecord record = traffic.record();
      messages.add(record.toByteArray());
    }
  }

  private static BatchSealer sealer(Path directory) {
    RealDisk disk = new RealDisk();
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.fixed(NOW);
    KeyRing keys =
        KeyRing.open(
            directory.resolve("keys"),
            List.of(FileKeyEncryption.open(directory.resolve("kek"), disk, random)),
            disk,
            random,
            clock);
    return new BatchSealer(
        new DefaultCalendar(), keys, PeriodGate.ALWAYS, AccountFacts.NONE, clock);
  }

  /** Seals a batch of 500. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public SealedBatch seal() {
    BatchSealer open = Objects.requireNonNull(sealer);
    open.begin(account -> true);
    for (byte[] message : messages) {
      open.add(message, 0, message.length);
    }
    SealedBatch batch = open.finish();
    if (!batch.rejected().isEmpty()) {
      throw new IllegalStateException("generated traffic was rejected: " + batch.rejected().get(0));
    }
    return batch;
  }

  /** Removes the keys. */
  @TearDown
  public void close() throws IOException {
    new RealDisk().deleteTree(directory);
  }
}
