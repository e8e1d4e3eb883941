package vellum.core.disclosure;

/** Writes records in one form into a buffer that whoever made it empties. Not thread-safe. */
sealed interface RecordWriter permits CsvRecords, NdjsonRecords, EtsiRecords {

  /** Begins a part. */
  void begin();

  /**
   * Writes a record in its canonical encoding.
   *
   * @param number of the record in the package, from 1
   */
  void add(byte[] record, int offset, int length, Origin origin, long number);

  /** Ends a part. */
  void end();
}
