package vellum.bench.archive;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthId;
import vellum.core.record.Output;
import vellum.core.seal.AccountFacts;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.EntryReader;
import vellum.core.seal.SealedBatch;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.RowStripper;
import vellum.core.strip.StripProfile;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;

/** Generated traffic, sealed and stripped, in memory in the order of its archive keys. */
final class StrippedRows {

  private static final Instant UNTIL = Instant.parse("2026-11-20T00:00:00Z");
  private static final MonthId YEAR = MonthId.parse("2026-11.default").year();
  private static final int BATCH = 500;

  private final Output keys = new Output(1 << 20);
  private final Output rows = new Output(1 << 24);
  private final int[] offsets;
  private final int[] order;
  private final long sealedBytes;
  private final long stripNanos;

  /** Makes the rows of {@code records} records that start within {@code span}. */
  StrippedRows(int records, Duration span, Path directory) throws IOException {
    offsets = new int[records + 1];
    RealDisk disk = new RealDisk();
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.fixed(UNTIL);
    KeyRing ring =
        KeyRing.open(
            directory.resolve("keys"),
            List.of(FileKeyEncryption.open(directory.resolve("kek"), disk, random)),
            disk,
            random,
            clock);
    BatchSealer sealer = new BatchSealer(new DefaultCalendar(), ring, AccountFacts.NONE, clock);
    RowStripper stripper = new RowStripper(StripProfile.DEFAULT, ring.key(YEAR).newYearMac());
    TrafficGenerator traffic =
        new TrafficGenerator(
            GeneratorOptions.of(7, records, UNTIL.minus(span), UNTIL).withShares(0, 0, 0));
    EntryReader entries = new EntryReader();
    long bytes = 0;
    long nanos = 0;
    int count = 0;
    boolean more = true;
    while (more) {
      sealer.begin(account -> true);
      for (int i = 0; i < BATCH && more; i++) {
        more = traffic.next();
        if (more) {
          byte[] message = traffic.record().toByteArray();
          sealer.add(message, 0, message.length);
        }
      }
      SealedBatch batch = sealer.finish();
      entries.over(batch.body(), 0, batch.length());
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      while (entries.next()) {
        stripper.strip(
            entries.bytes(),
            entries.keyOffset(),
            entries.bytes(),
            entries.rowOffset(),
            entries.rowLength());
        bytes += entries.rowLength();
        keys.write(stripper.key(), 0, ArchiveKey.BYTES);
        offsets[count++] = rows.size();
        rows.write(stripper.row().bytes(), 0, stripper.row().size());
      }
      nanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }
    offsets[count] = rows.size();
    sealedBytes = bytes;
    stripNanos = nanos;
    byte[] all = keys.bytes();
    order =
        IntStream.range(0, count)
            .boxed()
            .sorted(
                (a, b) ->
                    Arrays.compareUnsigned(
                        all,
                        a * ArchiveKey.BYTES,
                        (a + 1) * ArchiveKey.BYTES,
                        all,
                        b * ArchiveKey.BYTES,
                        (b + 1) * ArchiveKey.BYTES))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  int count() {
    return order.length;
  }

  double sealedBytesEach() {
    return (double) sealedBytes / count();
  }

  double strippedBytesEach() {
    return (double) rows.size() / count();
  }

  /** Nanoseconds of a strip, with copying its result. */
  double stripNanosEach() {
    return (double) stripNanos / count();
  }

  byte[] keys() {
    return keys.bytes();
  }

  byte[] rows() {
    return rows.bytes();
  }

  int keyOffset(int place) {
    return order[place] * ArchiveKey.BYTES;
  }

  int rowOffset(int place) {
    return offsets[order[place]];
  }

  int rowLength(int place) {
    return offsets[order[place] + 1] - offsets[order[place]];
  }
}
