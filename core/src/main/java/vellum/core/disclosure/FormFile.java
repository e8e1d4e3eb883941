package vellum.core.disclosure;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import vellum.core.disk.Disk;
import vellum.core.envelope.CmsEnvelope;
import vellum.core.record.Output;

/** The files of one form in a package, one after the other. Not thread-safe. */
final class FormFile {

  /** What a buffer holds before it is encrypted: large enough for the cipher, small for a cache. */
  private static final int BUFFER_BYTES = 64 << 10;

  private final Path directory;
  private final RecordForm form;
  private final Disk disk;
  private final CmsEnvelope envelopes;
  private final Output buffer = new Output(2 * BUFFER_BYTES);
  private final RecordWriter writer;
  private @Nullable PackagePart part;

  FormFile(Path directory, RecordForm form, PackageSpec spec, Disk disk, CmsEnvelope envelopes) {
    this.directory = directory;
    this.form = form;
    this.disk = disk;
    this.envelopes = envelopes;
    this.writer =
        switch (form) {
          case CSV -> new CsvRecords(spec.classes(), buffer);
          case NDJSON -> new NdjsonRecords(buffer);
          case ETSI -> EtsiRecords.of(spec, buffer);
        };
  }

  void begin(int number) throws IOException {
    part = PackagePart.begin(directory.resolve(PackageFile.name(number, form)), disk, envelopes);
    writer.begin();
  }

  void add(byte[] record, int offset, int length, Origin origin, long number) throws IOException {
    writer.add(record, offset, length, origin, number);
    if (buffer.size() >= BUFFER_BYTES && part != null) {
      part.take(buffer);
    }
  }

  /** Bytes of the file at hand. */
  long bytes() {
    return part == null ? 0 : part.bytes();
  }

  PackageFile end(long records) throws IOException {
    PackagePart ended = part;
    if (ended == null) {
      throw new IllegalStateException("no file was begun");
    }
    writer.end();
    ended.take(buffer);
    PackageFile file = ended.end(form, records);
    part = null;
    return file;
  }

  /** Throws the file at hand away. */
  void drop() throws IOException {
    java.util.Arrays.fill(buffer.bytes(), (byte) 0);
    buffer.clear();
    PackagePart dropped = part;
    part = null;
    if (dropped != null) {
      dropped.drop();
    }
  }
}
