package vellum.core.export;

/**
 * Where a part ends: with the row that reaches one of these. What parts an export has follows from
 * its rows and from them.
 *
 * @param rows 1 to 10,000,000
 * @param bytes 1 to 256 MiB; a part in memory takes little more
 */
public record PartLimits(int rows, int bytes) {

  private static final int MIB = 1 << 20;

  public PartLimits {
    if (rows < 1 || rows > 10_000_000 || bytes < 1 || bytes > 256 * MIB) {
      throw new IllegalArgumentException(
          "a part has 1 to 10,000,000 rows and 1 to 256 MiB: " + rows + ", " + bytes);
    }
  }

  /**
   * The same with fewer rows a part.
   *
   * @param fewer 0 for as many as there may be
   */
  PartLimits withRows(int fewer) {
    if (fewer < 0 || fewer > rows) {
      throw new ExportException.BadRequest("a part has 1 to " + rows + " rows: " + fewer);
    }
    return fewer == 0 ? this : new PartLimits(fewer, bytes);
  }

  /** The defaults: half a million rows, 32 MiB. */
  public static PartLimits defaults() {
    return new PartLimits(500_000, 32 * MIB);
  }
}
