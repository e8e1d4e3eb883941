package vellum.ingest.scan;

/** Hears what a search finds. */
@FunctionalInterface
interface HitSink {

  /**
   * @param start of the hit in the bytes that are searched
   * @param line of the value in its file
   */
  void hit(ByteForm form, int start, int line);
}
