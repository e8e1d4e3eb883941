package vellum.core.retention;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import vellum.core.record.Output;
import vellum.core.strip.ArchiveKey;

/**
 * Rows on their way into sorted files, in blocks: while another thread packs one, the worker's goes
 * on with the next. Blocks are written in order, one at a time, {@link #BLOCKS} are on their way at
 * most; behind one that failed none is written. What another thread wrote is to be used only after
 * {@link #settle}. For one thread; to be closed before what it writes to.
 */
final class Handover implements AutoCloseable {

  /** Rows and keys that are handed over at once: a millisecond of packing. */
  static final int BLOCK_BYTES = 128 << 10;

  static final int BLOCKS = 16;

  private final SecondGroup.Sink sink;
  private final Executor writer;
  private final Block[] blocks = new Block[BLOCKS];
  private int filling;
  private boolean alone;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /** Rows in the order in which they came. */
  private static final class Block {
    private final byte[] key = new byte[ArchiveKey.BYTES];
    private final Output keys = new Output(BLOCK_BYTES / 8);
    private final Output rows = new Output(BLOCK_BYTES + BLOCK_BYTES / 8);
    private int[] ends = new int[512];
    private int count;
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

    void add(byte[] rowKey, byte[] source, int offset, int length) {
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, 2 * count);
      }
      keys.write(rowKey, 0, ArchiveKey.BYTES);
      rows.write(source, offset, length);
      ends[count++] = rows.size();
    }

    boolean isFull() {
      return keys.size() + rows.size() >= BLOCK_BYTES;
    }

    void drain(SecondGroup.Sink sink) {
      int start = 0;
      for (int i = 0; i < count; i++) {
        System.arraycopy(keys.bytes(), i * ArchiveKey.BYTES, key, 0, ArchiveKey.BYTES);
        sink.put(key, rows.bytes(), start, ends[i] - start);
        start = ends[i];
      }
    }

    void clear() {
      keys.clear();
      rows.clear();
      count = 0;
    }
  }

  /**
   * @param sink called by one thread at a time
   * @param writer runs what it is given; may do so at once
   */
  Handover(SecondGroup.Sink sink, Executor writer) {
    this.sink = sink;
    this.writer = writer;
    Arrays.setAll(blocks, any -> new Block());
  }

  /** Whether the worker's thread is to write by itself from now on: others need the processor. */
  void alone(boolean only) {
    alone = only;
  }

  /**
   * Adds a row, whose key stands at the start of its array; waits while too many blocks are on
   * their way. Throws what writing an earlier one threw.
   */
  void put(byte[] key, byte[] rows, int offset, int length) {
    Block block = blocks[filling];
    block.add(key, rows, offset, length);
    if (block.isFull()) {
      handOver(block);
    }
  }

  private void handOver(Block block) {
    if (alone) {
      await(last);
      block.drain(sink);
      block.clear();
      return;
    }
    last = last.thenRunAsync(() -> block.drain(sink), writer);
    block.written = last;
    filling = (filling + 1) % BLOCKS;
    await(blocks[filling].written);
    blocks[filling].clear();
  }

  /** Writes all that was put, and waits for it; throws what writing threw. */
  void settle() {
    Block block = blocks[filling];
    if (block.count > 0) {
      handOver(block);
    }
    await(last);
  }

  private static void await(CompletableFuture<Void> written) {
    try {
      written.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (failure.getCause() instanceof Error cause) {
        throw cause;
      }
      throw failure;
    }
  }

  /** Waits until nothing is being written; what was put last is dropped, failures too. */
  @Override
  public void close() {
    last.exceptionally(failure -> null).join();
  }
}
