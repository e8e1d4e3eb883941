package vellum.core.disclosure;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import vellum.core.disk.Disk;
import vellum.core.envelope.CmsEnvelope;
import vellum.core.record.Output;
import vellum.core.record.Sha256;

/**
 * A file of a package while it is made: {@code NAME.making}, then forced and renamed. What comes is
 * digested, encrypted, digested again and written; clear text is in the buffer only. Not
 * thread-safe.
 */
final class PackagePart {

  static final String MAKING = ".making";

  private static final Set<StandardOpenOption> CREATE =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  private final Path file;
  private final Disk disk;
  private final FileChannel channel;
  private final MessageDigest plain = Sha256.begin();
  private final Sealed sealed;
  private final OutputStream envelope;
  private long plainBytes;

  private PackagePart(Path file, Disk disk, FileChannel channel, CmsEnvelope envelopes)
      throws IOException {
    this.file = file;
    this.disk = disk;
    this.channel = channel;
    this.sealed = new Sealed(channel);
    this.envelope = envelopes.seal(sealed);
  }

  static PackagePart begin(Path file, Disk disk, CmsEnvelope envelopes) throws IOException {
    Path making = making(file);
    Files.deleteIfExists(making);
    FileChannel channel =
        FileChannel.open(
            making,
            CREATE,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      return new PackagePart(file, disk, channel, envelopes);
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(making);
      throw e;
    }
  }

  private static Path making(Path file) {
    return file.resolveSibling(file.getFileName() + MAKING);
  }

  /** Takes what is in a buffer, and empties it. */
  void take(Output buffer) throws IOException {
    plain.update(buffer.bytes(), 0, buffer.size());
    envelope.write(buffer.bytes(), 0, buffer.size());
    plainBytes += buffer.size();
    java.util.Arrays.fill(buffer.bytes(), 0, buffer.size(), (byte) 0);
    buffer.clear();
  }

  /** Bytes that are written, about. */
  long bytes() {
    return sealed.bytes;
  }

  /** Ends it: whole and durable under its name when this returns, but for the directory. */
  PackageFile end(RecordForm form, long records) throws IOException {
    envelope.close();
    disk.force(channel);
    channel.close();
    Files.move(making(file), file, StandardCopyOption.ATOMIC_MOVE);
    return new PackageFile(
        file.getFileName().toString(),
        form,
        records,
        sealed.bytes,
        Sha256.hex(sealed.digest),
        plainBytes,
        Sha256.hex(plain));
  }

  /** Throws it away. */
  void drop() throws IOException {
    channel.close();
    Files.deleteIfExists(making(file));
  }

  /** The encrypted side. */
  private static final class Sealed extends OutputStream {

    private final FileChannel channel;
    private final MessageDigest digest = Sha256.begin();
    private long bytes;

    Sealed(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      digest.update(from, offset, length);
      ByteBuffer buffer = ByteBuffer.wrap(from, offset, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      bytes += length;
    }
  }
}
