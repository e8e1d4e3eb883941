package vellum.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;
import vellum.bench.option.Bounds;
import vellum.ingest.demo.GeneratorOptions;
import vellum.v1.DetailRecord;

/** What traffic the load programs send: the ten days before now, 1 % duplicates, 1 % late. */
final class TrafficOptions {

  private static final int DAYS = 10;
  private static final double DUPLICATES = 0.01;
  private static final double LATE = 0.01;

  /** Of disk that a record takes at most: its messages, and what a server makes of them. */
  static final long BYTES_EACH = 1 << 10;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "Distinct records (default: ${DEFAULT-VALUE}).")
  long records = 2_000_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Seed of the traffic (default: ${DEFAULT-VALUE}).")
  long seed = 7;

  @Option(
      names = "--aspects",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      description =
          "Share of records whose delivery and rating come as later messages (default:"
              + " ${DEFAULT-VALUE}).")
  double aspects = 0.5;

  @Option(
      names = "--small",
      description =
          "Records with the fewest fields that bill and answer: some 190 bytes in place of 457.")
  boolean small;

  /** What these may be. */
  void check(Bounds bounds) {
    bounds.records(records).share("--aspects", aspects);
  }

  /** The traffic that is asked for. */
  GeneratorOptions traffic() {
    Instant until = Instant.now().truncatedTo(ChronoUnit.HOURS);
    return GeneratorOptions.of(seed, records, until.minus(Duration.ofDays(DAYS)), until)
        .withShares(DUPLICATES, LATE, aspects);
  }

  /** What becomes of each message before it is sent. */
  UnaryOperator<DetailRecord> form() {
    return small ? SmallRecord::of : UnaryOperator.identity();
  }

  /** Writes the traffic into a file, so that making it takes no time of a run. */
  TrafficFile.Content write(Path file) throws IOException {
    System.err.printf("making traffic of %,d records ...%n", records);
    return TrafficFile.write(file, traffic(), form());
  }
}
