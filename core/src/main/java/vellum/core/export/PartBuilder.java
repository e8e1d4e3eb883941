package vellum.core.export;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Output;
import vellum.core.record.Sha256;

/** Builds the parts of an export, one after the other. Not thread-safe. */
final class PartBuilder implements AutoCloseable {

  /** Rows between two looks at how large a part has become, where looking costs something. */
  private static final int LOOK_EVERY = 1024;

  private static final int FIRST_BYTES = 1 << 20;

  /** That a row of records takes as text, about: where it is known how many there are. */
  private static final int ROW_BYTES = 1 << 10;

  private final RowSource source;
  private final RowsAhead ahead;
  private final ExportFormat format;
  private final PartLimits limits;
  private RowBlock block;

  /** First row of the block that is in no part. */
  private int at;

  private int number;

  /** About as large as the last part was: an array that grows is copied again and again. */
  private int bytes;

  /**
   * Takes over the source.
   *
   * @param number of the last part that is there; 0 for none
   */
  PartBuilder(
      RowSource source, ExportFormat format, PartLimits limits, int number, Executor workers) {
    this.source = source;
    this.ahead = new RowsAhead(source, workers);
    this.block = new RowBlock(source);
    this.format = format;
    this.limits = limits;
    this.number = number;
    long rows = Math.min(source.rowsAtMost(), limits.rows());
    this.bytes = (int) Math.min(Math.max(FIRST_BYTES, rows * ROW_BYTES), limits.bytes());
  }

  /**
   * The next part; null when there is none, or when it was stopped.
   *
   * @param stopped asked at each block of rows
   */
  @Nullable Part next(BooleanSupplier stopped) {
    if (stopped.getAsBoolean() || !hasRows()) {
      return null;
    }
    ControlTotals totals = new ControlTotals();
    String first = source.place(block.rows()[at]);
    String last;
    try (PartWriter writer = format.writer(source.columns(), bytes)) {
      do {
        add(writer, totals);
        last = source.place(block.rows()[at - 1]);
      } while (!isFull(writer, totals.rows()) && !stopped.getAsBoolean() && hasRows());
      if (stopped.getAsBoolean()) {
        return null;
      }
      Output content = writer.finish();
      bytes = Math.min(content.size(), limits.bytes());
      number++;
      String sha256 = Sha256.hex(content.bytes(), content.size());
      return new Part(number, content, sha256, first, last, totals);
    }
  }

  /** Whether there is a row that is in no part; reads the next block when it must. */
  private boolean hasRows() {
    if (at == block.count()) {
      block = ahead.next();
      at = 0;
    }
    return at < block.count();
  }

  /** Adds rows of the block: all, or as many as the part takes. */
  private void add(PartWriter writer, ControlTotals totals) {
    long rows = totals.rows();
    long most = Math.min(limits.rows() - rows, LOOK_EVERY - rows % LOOK_EVERY);
    int to = (int) Math.min(block.count(), at + most);
    int end = writer.add(block.rows(), at, to, limits.bytes());
    for (; at < end; at++) {
      totals.add(source.control(), block.rows()[at]);
    }
  }

  private boolean isFull(PartWriter writer, long rows) {
    if (rows >= limits.rows()) {
      return true;
    }
    boolean isText = format != ExportFormat.PARQUET;
    return (isText || rows % LOOK_EVERY == 0) && writer.bytes() >= limits.bytes();
  }

  /** How much of the way is gone, in thousandths. */
  int permille() {
    return block.permille();
  }

  /** Closes the source, at once or when the thread that reads it notices. From any thread. */
  @Override
  public void close() {
    ahead.close();
  }
}
