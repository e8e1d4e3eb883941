package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.record.DefaultCalendar;
import vellum.core.seal.AccountFacts;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.PeriodGate;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.DetailRecord;

/** What importers and generator make, the server's own checks take. */
final class SealableTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z"));

  @TempDir Path directory;

  @Test
  void shouldBeTakenByTheSealer() throws IOException {
    // given
    List<DetailRecord> records = new ArrayList<>();
    for (Path sample : SampleFile.all()) {
      records.addAll(SampleFile.records(SampleFile.rows(sample, ImportOptions.detect())));
    }
    TrafficGenerator generator =
        new TrafficGenerator(
            GeneratorOptions.of(
                9,
                20_000,
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2026-11-20T00:00:00Z")));
    while (generator.next()) {
      records.add(generator.record());
    }
    BatchSealer sealer = sealer();
    // when
    sealer.begin(account -> true);
    for (DetailRecord record : records) {
      byte[] bytes = record.toByteArray();
      sealer.add(bytes, 0, bytes.length);
    }
    // then
    assertThat(sealer.finish().rejected()).isEmpty();
    assertThat(records).hasSizeGreaterThan(40_000);
  }

  private BatchSealer sealer() {
    SecureRandom random = new SecureRandom();
    RealDisk disk = new RealDisk();
    KeyRing keys =
        KeyRing.open(
            directory.resolve("keys"),
            List.of(FileKeyEncryption.open(directory.resolve("kek"), disk, random)),
            disk,
            random,
            CLOCK);
    return new BatchSealer(
        new DefaultCalendar(), keys, PeriodGate.ALWAYS, AccountFacts.NONE, CLOCK);
  }
}
