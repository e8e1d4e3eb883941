package vellum.bench.peers;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import vellum.bench.process.ForcedFile;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;

/**
 * Messages made before the run, so that making them takes no time of it: each a length (u32) and
 * the bytes of a {@link PeerRecord}. One of a hundred comes again, some thousands of messages
 * later. The file holds clear, made-up identities and is deleted with the run.
 */
final class RecordFile {

  private static final int BUFFER = 1 << 20;
  private static final int REPEATED = 100;
  private static final int WAITING = 64;

  private RecordFile() {}

  /** Hears each distinct record. */
  @FunctionalInterface
  interface Distinct {
    void record(PeerRecord record);
  }

  /** Writes the traffic of these options, which repeats nothing itself, with duplicates. */
  static void write(Path file, GeneratorOptions options, Distinct distinct) throws IOException {
    TrafficGenerator traffic = new TrafficGenerator(options);
    PeerRecordWriter writer = new PeerRecordWriter();
    Random random = new Random(options.seed());
    byte @Nullable [][] waiting = new byte @Nullable [WAITING][];
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new ForcedFile(file), BUFFER))) {
      while (traffic.next()) {
        byte[] record = writer.write(traffic.record());
        put(out, record);
        distinct.record(new PeerRecord(record));
        if (random.nextInt(REPEATED) == 0) {
          int slot = random.nextInt(WAITING);
          put(out, waiting[slot]);
          waiting[slot] = record;
        }
      }
      for (byte[] last : waiting) {
        put(out, last);
      }
    }
  }

  private static void put(DataOutputStream out, byte @Nullable [] record) throws IOException {
    if (record != null) {
      out.writeInt(record.length);
      out.write(record);
    }
  }
}
