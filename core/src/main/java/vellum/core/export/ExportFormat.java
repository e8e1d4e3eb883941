package vellum.core.export;

import java.util.List;
import java.util.Locale;

/** How the rows of an export are written. */
public enum ExportFormat {
  /** RFC 4180. */
  CSV("text/csv; charset=utf-8; header=present"),
  /** One JSON object a line. */
  NDJSON("application/x-ndjson"),
  /** Apache Parquet: one row group a file, zstd. */
  PARQUET("application/vnd.apache.parquet");

  /** Room for what a row adds behind the bound at which a part ends. */
  private static final int SLACK = 1 << 16;

  private final String mediaType;

  ExportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Media type (RFC 6838). */
  public String mediaType() {
    return mediaType;
  }

  /** Name in commands, and the extension of files. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes a part.
   *
   * @param bytes that it will have, about
   */
  PartWriter writer(List<Column> columns, int bytes) {
    return switch (this) {
      case CSV -> new CsvPart(columns, bytes + SLACK);
      case NDJSON -> new NdjsonPart(columns, bytes + SLACK);
      case PARQUET -> new ParquetPart(columns);
    };
  }
}
