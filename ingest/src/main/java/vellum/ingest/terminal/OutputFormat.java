package vellum.ingest.terminal;

import java.util.Locale;

/** How rows are shown. */
public enum OutputFormat {
  /** Aligned columns, for people. */
  TABLE,
  /** One JSON document. */
  JSON,
  /** One JSON object a line. */
  NDJSON,
  /** A header and rows (RFC 4180). */
  CSV;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
