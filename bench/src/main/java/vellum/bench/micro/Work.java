package vellum.bench.micro;

/**
 * What a step cannot do without, and so what it would cost at best.
 *
 * @param blocks of AES that do not wait for each other
 * @param chained blocks of AES each of which waits for the one before
 * @param copied bytes moved in memory
 * @param summed bytes that go into a CRC32C
 * @param forced bytes that go to the disk
 */
record Work(double blocks, double chained, double copied, double summed, double forced) {

  static final Work NONE = new Work(0, 0, 0, 0, 0);

  static Work blocks(double count) {
    return new Work(count, 0, 0, 0, 0);
  }

  static Work chained(double blocks) {
    return new Work(0, blocks, 0, 0, 0);
  }

  static Work copy(double bytes) {
    return new Work(0, 0, bytes, 0, 0);
  }

  static Work copyAndSum(double bytes) {
    return new Work(0, 0, bytes, bytes, 0);
  }

  /**
   * What the machine does at best, in nanoseconds.
   *
   * @param block one AES block among many
   * @param chained one AES block that waits for the one before
   * @param copied one KiB
   * @param summed one KiB
   * @param forced one KiB, by the clock
   */
  record Limits(double block, double chained, double copied, double summed, double forced) {}

  /** Nanoseconds at best: of the processor or, which works beside it, the disk. */
  double nanos(Limits limits) {
    double bytes = (times(copied, limits.copied) + times(summed, limits.summed)) / 1024;
    double aes = times(blocks, limits.block) + times(chained, limits.chained);
    return Math.max(bytes + aes, times(forced, limits.forced) / 1024);
  }

  /** Nothing of something that was not measured is nothing. */
  private static double times(double count, double each) {
    return count == 0 ? 0 : count * each;
  }
}
