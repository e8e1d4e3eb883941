package vellum.bench.micro;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import vellum.bench.engine.Engine;
import vellum.bench.process.WorkDirectory;
import vellum.core.crypto.KeyRing;
import vellum.core.journal.JournalConfig;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthId;
import vellum.core.seal.AccountFacts;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.SealedBatch;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;

/**
 * Whole records of generated traffic, as the load program sends them: 20 million in ten days. With
 * keys to seal them, in a directory that is deleted at the end. For one thread.
 */
final class SealedTraffic implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final MonthId MONTH = MonthId.parse("2026-11.default");

  private static final long RECORDS = 20_000_000;
  private static final long SEED = 7;

  private final WorkDirectory work = WorkDirectory.temporary();
  private final Path directory;
  private final KeyRing keys;
  private final TrafficGenerator traffic =
      new TrafficGenerator(
          GeneratorOptions.of(SEED, RECORDS, NOW.minus(Duration.ofDays(10)), NOW)
              .withShares(0, 0, 0));

  SealedTraffic() throws IOException {
    directory = work.path();
    keys = Engine.keys(directory, NOW);
  }

  /** Journal, months and applier under these keys, in this directory. */
  Engine engine(JournalConfig.Ack ack) {
    return new Engine(directory, keys, new DefaultCalendar(), NOW, ack);
  }

  KeyRing keys() {
    return keys;
  }

  BatchSealer sealer(PeriodGate gate) {
    return new BatchSealer(
        new DefaultCalendar(), keys, gate, AccountFacts.NONE, InstantSource.fixed(NOW));
  }

  /** The next records, in their Protobuf encoding. */
  List<byte[]> messages(int count) {
    List<byte[]> messages = new ArrayList<>(count);
    while (messages.size() < count && traffic.next()) {
      messages.add(traffic.record().toByteArray());
    }
    return messages;
  }

  /** The next records, sealed. */
  SealedBatch batch(int count) {
    return seal(sealer(PeriodGate.ALWAYS), messages(count));
  }

  /** Seals a batch, none of which may be refused. */
  static SealedBatch seal(BatchSealer sealer, List<byte[]> messages) {
    sealer.begin(account -> true);
    for (byte[] message : messages) {
      sealer.add(message, 0, message.length);
    }
    SealedBatch batch = sealer.finish();
    if (!batch.rejected().isEmpty()) {
      throw new IllegalStateException("generated traffic was rejected: " + batch.rejected().get(0));
    }
    return batch;
  }

  @Override
  public void close() throws IOException {
    work.close();
  }
}
