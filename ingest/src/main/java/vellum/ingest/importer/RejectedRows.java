package vellum.ingest.importer;

import java.io.IOException;

/**
 * Hears of each row that was not imported: those that cannot be mapped as they are read, those that
 * the server refused at the end. Called by the importing thread.
 */
public interface RejectedRows {

  /**
   * A row was not imported.
   *
   * @param line line of the file on which it begins
   * @param code name of a {@link BadRowCode} or of a {@link vellum.v1.RejectionCode}
   * @param field the field at fault, or empty
   * @param reason for people; without values
   * @param raw the row as it is in the file: clear text, never for a log or a terminal
   */
  void rejected(long line, String code, String field, String reason, String raw) throws IOException;
}
