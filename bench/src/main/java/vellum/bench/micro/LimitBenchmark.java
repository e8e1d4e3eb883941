package vellum.bench.micro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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
import vellum.bench.process.WorkDirectory;

/**
 * What the machine can do at best, as Java reaches it: AES blocks, memory, sums, pages of a mapped
 * file, the disk. One operation is one block, or one KiB.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimitBenchmark {

  private static final int BLOCKS = 1024;
  private static final int KIB = 1024;
  private static final int MEMORY_KIB = 16 * 1024;
  private static final int BATCH_KIB = 128;
  private static final int PIECE_KIB = 8 * 1024;
  private static final long FILE_BYTES = 256L << 20;
  private static final int PAGE = 4096;

  private final byte[] blocks = new byte[BLOCKS * 16];
  private final byte[] encrypted = new byte[BLOCKS * 16];
  private final byte[] from = new byte[MEMORY_KIB * KIB];
  private final byte[] to = new byte[MEMORY_KIB * KIB];
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_KIB * KIB);
  private @Nullable WorkDirectory work;
  private @Nullable FileChannel channel;
  private @Nullable Cipher aes;
  private @Nullable Cipher chained;

  /** Makes a key and a file. */
  @Setup
  public void open() throws IOException, GeneralSecurityException {
    SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
    aes = cipher();
    aes.init(Cipher.ENCRYPT_MODE, key);
    chained = Cipher.getInstance("AES/CBC/NoPadding", "SunJCE");
    chained.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[16]));
    WorkDirectory made = WorkDirectory.temporary();
    work = made;
    channel =
        FileChannel.open(
            made.path().resolve("limit"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  @SuppressWarnings("InsecureCryptoUsage")
  private static Cipher cipher() throws GeneralSecurityException {
    return Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
  }

  /** AES-256 blocks that do not wait for each other, a thousand a call. */
  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  public int aesBlocks() throws GeneralSecurityException {
    return Objects.requireNonNull(aes).update(blocks, 0, blocks.length, encrypted, 0);
  }

  /** AES-256 blocks each of which waits for the one before, as in a MAC. */
  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  public int aesChained() throws GeneralSecurityException {
    return Objects.requireNonNull(chained).update(blocks, 0, blocks.length, encrypted, 0);
  }

  /** Copies memory that no cache of a core holds; one operation is a KiB. */
  @Benchmark
  @OperationsPerInvocation(MEMORY_KIB)
  public byte copy() {
    System.arraycopy(from, 0, to, 0, from.length);
    return to[1];
  }

  /** Sums the bytes of a batch; one operation is a KiB. */
  @Benchmark
  @OperationsPerInvocation(BATCH_KIB)
  public long crc() {
    CRC32C crc = new CRC32C();
    crc.update(from, 0, BATCH_KIB * KIB);
    return crc.getValue();
  }

  /** Touches fresh pages of a mapped, sparse file; one operation is a KiB. */
  @Benchmark
  @OperationsPerInvocation(PIECE_KIB)
  public void mappedPages() throws IOException {
    Objects.requireNonNull(channel).truncate(0);
    touch();
  }

  /** The same behind a write that made them, as an append does; one operation is a KiB. */
  @Benchmark
  @OperationsPerInvocation(PIECE_KIB)
  public void writtenPages() throws IOException {
    FileChannel open = Objects.requireNonNull(channel);
    open.truncate(0);
    piece.clear();
    while (piece.hasRemaining()) {
      open.write(piece);
    }
    touch();
  }

  private void touch() throws IOException {
    MappedByteBuffer map =
        Objects.requireNonNull(channel)
            .map(FileChannel.MapMode.READ_WRITE, 0, PIECE_KIB * (long) KIB);
    for (int at = 0; at < PIECE_KIB * KIB; at += PAGE) {
      map.put(at, (byte) 1);
    }
  }

  /** Writes to the disk and forces, 8 MiB a time; one operation is a KiB. */
  @Benchmark
  @OperationsPerInvocation(PIECE_KIB)
  public void disk() throws IOException {
    FileChannel open = Objects.requireNonNull(channel);
    if (open.position() >= FILE_BYTES) {
      open.truncate(0);
    }
    piece.clear();
    while (piece.hasRemaining()) {
      open.write(piece);
    }
    open.force(false);
  }

  /** Deletes the file. */
  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(channel).close();
    Objects.requireNonNull(work).close();
  }
}
