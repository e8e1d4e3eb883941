package vellum.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthId;
import vellum.core.seal.AccountFacts;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.EntryReader;
import vellum.core.seal.SealedBatch;
import vellum.core.strip.RowStripper;
import vellum.core.strip.StripProfile;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.DetailRecord;

/**
 * From a sealed row to a stripped row and its key, whose MAC is part of it. One operation is one
 * whole record of generated traffic.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StripBenchmark {

  private static final int RECORDS = 500;
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final EntryReader entries = new EntryReader();
  private Path directory = Path.of("");
  private @Nullable SealedBatch batch;
  private @Nullable RowStripper stripper;

  /** Makes keys and sealed rows. */
  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("vellum-bench");
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
    stripper =
        new RowStripper(
            StripProfile.DEFAULT, keys.key(MonthId.parse("2026-11.default").year()).newYearMac());
    BatchSealer sealer = new BatchSealer(new DefaultCalendar(), keys, AccountFacts.NONE, clock);
    sealer.begin(account -> true);
    TrafficGenerator traffic =
        new TrafficGenerator(
            GeneratorOptions.of(7, RECORDS, NOW.minus(Duration.ofDays(1)), NOW)
                .withShares(0, 0, 0));
    for (int i = 0; i < RECORDS && traffic.next(); i++) {
      DetailRecord record = traffic.record();
      byte[] message = record.toByteArray();
      sealer.add(message, 0, message.length);
    }
    batch = sealer.finish();
  }

  /** Strips 500 rows; returns the bytes that were left of them. */
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

  /** Removes the keys. */
  @TearDown
  public void close() throws IOException {
    new RealDisk().deleteTree(directory);
  }
}
