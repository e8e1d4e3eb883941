package vellum.ingest.demo;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import vellum.v1.DetailRecord;

/** An NDJSON file in the making, compressed when its name ends in .gz or .zst. For one thread. */
public final class RecordFile implements Closeable {

  private static final int BUFFER_BYTES = 256 * 1024;

  private final OutputStream out;

  private RecordFile(OutputStream out) {
    this.out = out;
  }

  /** Makes the file, or empties it. */
  public static RecordFile create(Path file) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    String name = file.toString();
    try {
      if (name.endsWith(".gz")) {
        return of(new GZIPOutputStream(bytes, BUFFER_BYTES));
      }
      return of(name.endsWith(".zst") ? new ZstdOutputStream(bytes) : bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** Writes to a stream, such as standard output; closing closes it. */
  public static RecordFile of(OutputStream out) {
    return new RecordFile(new BufferedOutputStream(out, BUFFER_BYTES));
  }

  public void write(DetailRecord record) throws IOException {
    out.write(RecordJson.line(record).getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
