package vellum.bench.load;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import vellum.bench.process.ForcedFile;
import vellum.core.record.Bytes;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.DetailRecord;

/**
 * Messages made before the run, so that making them takes no time of it: each a length (u32) and
 * its Protobuf bytes. The file holds clear, made-up identities and is deleted with the run.
 */
final class TrafficFile {

  private static final int BUFFER = 1 << 20;
  private static final int LONGEST = 1 << 16;

  private TrafficFile() {}

  /**
   * What a file holds.
   *
   * @param laterAspects messages that bring aspects of a record sent before
   */
  record Content(
      long records, long messages, long duplicates, long laterAspects, long subjects, long bytes) {}

  static Content write(Path file, GeneratorOptions options, UnaryOperator<DetailRecord> form)
      throws IOException {
    TrafficGenerator traffic = new TrafficGenerator(options);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new ForcedFile(file), BUFFER))) {
      while (traffic.next()) {
        DetailRecord record = form.apply(traffic.record());
        out.writeInt(record.getSerializedSize());
        record.writeTo(out);
      }
    }
    return new Content(
        traffic.distinctRecords(),
        traffic.messages(),
        traffic.duplicates(),
        traffic.laterAspects(),
        traffic.distinctSubjects(),
        Files.size(file));
  }

  /** Reads the messages one by one. */
  static final class Reader implements Traffic {
    private final InputStream in;
    private final byte[] header = new byte[Integer.BYTES];
    private final byte[] message = new byte[LONGEST];

    Reader(Path file) throws IOException {
      in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    @Override
    public int next() throws IOException {
      if (in.readNBytes(header, 0, header.length) < header.length) {
        return -1;
      }
      int length = Bytes.getInt(header, 0);
      return in.readNBytes(message, 0, length) < length ? -1 : length;
    }

    @Override
    public byte[] bytes() {
      return message;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
