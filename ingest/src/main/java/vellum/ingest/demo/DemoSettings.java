package vellum.ingest.demo;

/**
 * What to demonstrate.
 *
 * @param records made-up records, 1,000 to 100 million
 * @param story what is told
 * @param keep whether the data directory stays
 */
public record DemoSettings(long records, Story story, boolean keep) {

  private static final long LEAST = 1_000;
  private static final long MOST = 100_000_000;

  public DemoSettings {
    if (records < LEAST || records > MOST) {
      throw new IllegalArgumentException(
          "records must be " + LEAST + " to " + MOST + ": " + records);
    }
  }
}
