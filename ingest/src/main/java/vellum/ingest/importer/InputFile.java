package vellum.ingest.importer;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * An import file, decompressed as its first bytes say (gzip RFC 1952, Zstandard RFC 8878), counting
 * the bytes read of it. Broken compression is {@link BrokenInput}; a disk that fails is any other
 * {@link IOException}. For one thread.
 */
final class InputFile implements Closeable {

  /** Largest window that a Zstandard file may ask for: 128 MiB, what its own tool takes. */
  private static final int MAX_WINDOW_LOG = 27;

  private static final int BUFFER_BYTES = 256 * 1024;

  private final Counter counter;
  private final InputStream content;
  private final long total;
  private final boolean compressed;

  private InputFile(Counter counter, InputStream content, boolean compressed, long total) {
    this.counter = counter;
    this.content = content;
    this.compressed = compressed;
    this.total = total;
  }

  static InputFile open(Path file) throws IOException {
    long total = Files.size(file);
    Counter counter = new Counter(Files.newInputStream(file));
    try {
      BufferedInputStream buffered = new BufferedInputStream(counter, BUFFER_BYTES);
      InputStream content = content(buffered, counter);
      return new InputFile(
          counter,
          new BufferedInputStream(content, BUFFER_BYTES),
          content instanceof Decompressed,
          total);
    } catch (IOException | RuntimeException e) {
      counter.close();
      throw e;
    }
  }

  /** The content; supports mark and reset. */
  InputStream content() {
    return content;
  }

  boolean compressed() {
    return compressed;
  }

  long bytesRead() {
    return counter.bytes;
  }

  long bytesTotal() {
    return total;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private static InputStream content(BufferedInputStream file, Counter counter) throws IOException {
    file.mark(4);
    byte[] magic = file.readNBytes(4);
    file.reset();
    boolean gzip = magic.length >= 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B;
    boolean zstd =
        magic.length == 4
            && magic[0] == 0x28
            && magic[1] == (byte) 0xB5
            && magic[2] == 0x2F
            && magic[3] == (byte) 0xFD;
    try {
      if (gzip) {
        return new Decompressed(new GZIPInputStream(file, BUFFER_BYTES), counter);
      }
      if (zstd) {
        return new Decompressed(new ZstdInputStream(file).setLongMax(MAX_WINDOW_LOG), counter);
      }
      return file;
    } catch (IOException e) {
      throw counter.failed ? e : new BrokenInput("its compression is broken");
    }
  }

  /** Counts what is read, and remembers whether the disk failed. */
  private static final class Counter extends FilterInputStream {
    private long bytes;
    private boolean failed;

    Counter(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int count = super.read(buffer, offset, length);
        bytes += Math.max(0, count);
        return count;
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }

  /** Tells broken compression from a failing disk. */
  private static final class Decompressed extends FilterInputStream {
    private final Counter counter;

    Decompressed(InputStream in, Counter counter) {
      super(in);
      this.counter = counter;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        throw counter.failed ? e : new BrokenInput("its compression is broken");
      }
    }
  }
}
