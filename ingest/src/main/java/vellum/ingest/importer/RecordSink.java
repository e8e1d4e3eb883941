package vellum.ingest.importer;

import vellum.v1.DetailRecord;
import vellum.v1.UsageRecord;

/**
 * Where imported records go: a client of the server, most often. Called by the importing thread
 * only; may block when too many records are on their way.
 */
public interface RecordSink {

  /**
   * Takes a record; its rejection, if any, comes later.
   *
   * @param row number of the record's row in the file, from 1, to name it by in a rejection. (Not a
   *     line: a JSON document may have all its rows in one.)
   */
  void send(DetailRecord record, long row);

  /** Takes an event of the usage log, likewise. */
  default void sendUsage(UsageRecord event, long row) {
    throw new UnsupportedOperationException("takes records only");
  }

  /** Returns when every record sent was answered, so that no rejection can come after it. */
  void flush();

  /** Makes a sink that tells the given listener what is rejected, from any thread. */
  interface Factory {
    RecordSink open(RejectionListener rejections);
  }

  /** Hears which records were refused. Thread-safe. */
  interface RejectionListener {

    /**
     * A record was not taken.
     *
     * @param code name of the {@link vellum.v1.RejectionCode}
     * @param reason for people; without values
     */
    void rejected(long row, String code, String reason);
  }
}
