package vellum.core.export;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Output;

/** Builds the parts of an export, one after the other. Not thread-safe. */
final class PartBuilder {

  /** Rows between two looks at how large a part has become, where looking costs something. */
  private static final int LOOK_EVERY = 1024;

  private static final int FIRST_BYTES = 1 << 20;

  /** That a row of records takes as text, about: where it is known how many there are. */
  private static final int ROW_BYTES = 1 << 10;

  private final RowSource source;
  private final ExportFormat format;
  private final PartLimits limits;
  private final Cells row;
  private int number;

  /** About as large as the last part was: an array that grows is copied again and again. */
  private int bytes;

  /**
   * @param number of the last part that is there; 0 for none
   */
  PartBuilder(RowSource source, ExportFormat format, PartLimits limits, int number) {
    this.source = source;
    this.format = format;
    this.limits = limits;
    this.row = new Cells(source.columns());
    this.number = number;
    long rows = Math.min(source.rowsAtMost(), limits.rows());
    this.bytes = (int) Math.min(Math.max(FIRST_BYTES, rows * ROW_BYTES), limits.bytes());
  }

  /**
   * The next part; null when there is none, or when it was stopped.
   *
   * @param stopped asked at each row
   */
  @Nullable Part next(BooleanSupplier stopped) {
    if (stopped.getAsBoolean() || !source.next(row)) {
      return null;
    }
    ControlTotals totals = new ControlTotals();
    Control control = source.control();
    String first = source.place();
    try (PartWriter writer = format.writer(source.columns(), bytes)) {
      do {
        writer.add(row);
        totals.add(control, row);
      } while (!isFull(writer, totals.rows()) && !stopped.getAsBoolean() && source.next(row));
      if (stopped.getAsBoolean()) {
        return null;
      }
      Output content = writer.finish();
      bytes = Math.min(content.size(), limits.bytes());
      number++;
      return new Part(number, content, sha256(content), first, source.place(), totals);
    }
  }

  private boolean isFull(PartWriter writer, long rows) {
    if (rows >= limits.rows()) {
      return true;
    }
    boolean isText = format != ExportFormat.PARQUET;
    return (isText || rows % LOOK_EVERY == 0) && writer.bytes() >= limits.bytes();
  }

  private static String sha256(Output content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content.bytes(), 0, content.size());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
