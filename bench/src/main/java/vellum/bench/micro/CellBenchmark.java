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
import vellum.core.billing.CellMap;
import vellum.core.billing.RowCells;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.RecordKey;
import vellum.core.seal.AccountFacts;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.EntryReader;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.SealedBatch;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;

/**
 * From a row to its cells, and into the sums of a batch and of a month. One operation is one whole
 * record of generated traffic, a batch has 4,000.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CellBenchmark {

  private static final int RECORDS = 4000;
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final EntryReader entries = new EntryReader();
  private final RowCells cells = new RowCells();
  private final RowCells none = new RowCells();
  private final CellMap batchCells = new CellMap();
  private final CellMap monthCells = new CellMap();
  private Path directory = Path.of("");
  private @Nullable SealedBatch batch;

  /** Makes sealed rows. */
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
    BatchSealer sealer =
        new BatchSealer(new DefaultCalendar(), keys, PeriodGate.ALWAYS, AccountFacts.NONE, clock);
    sealer.begin(account -> true);
    TrafficGenerator traffic =
        new TrafficGenerator(
            GeneratorOptions.of(7, RECORDS, NOW.minus(Duration.ofDays(1)), NOW)
                .withShares(0, 0, 0));
    for (int i = 0; i < RECORDS && traffic.next(); i++) {
      byte[] message = traffic.record().toByteArray();
      sealer.add(message, 0, message.length);
    }
    batch = sealer.finish();
  }

  /** Reads the cells of rows; returns how many they were. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long read() {
    begin();
    long count = 0;
    while (entries.next()) {
      count += readRow().size();
    }
    return count;
  }

  /** The same, summed for the batch, as of new records. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long readAndSum() {
    begin();
    batchCells.clear();
    while (entries.next()) {
      readRow().replace(none, batchCells);
    }
    return batchCells.size();
  }

  /** The same, and the batch's sums added to those of the month. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long readAndSumIntoMonth() {
    long count = readAndSum();
    monthCells.addAll(batchCells);
    return count + monthCells.size();
  }

  private void begin() {
    SealedBatch sealed = Objects.requireNonNull(batch);
    entries.over(sealed.body(), 0, sealed.length());
  }

  private RowCells readRow() {
    return cells.read(
        entries.bytes(),
        entries.rowOffset(),
        entries.rowLength(),
        RecordKey.millis(entries.bytes(), entries.keyOffset()) / 1000);
  }

  /** Removes the keys. */
  @TearDown
  public void close() throws IOException {
    new RealDisk().deleteTree(directory);
  }
}
