package vellum.bench.strip;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One run: fills a month, lets it fall due, watches its strip to the end. For one thread. */
final class StripRun {

  private static final String MONTH = "2025-03.default";
  private static final Instant FROM = Instant.parse("2025-03-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2025-04-01T00:00:00Z");

  /** The first instant behind the day of the month's last day and twelve months. */
  private static final Instant DEADLINE = Instant.parse("2026-04-01T00:00:00Z");

  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final Duration WARM = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofHours(4);
  private static final int DURING = 3;
  private static final int POLL_MS = 2;

  private final Path data;
  private final Plan plan;

  /**
   * What to do.
   *
   * @param ingestSeconds how long to stream before the deadline and after the strip; 0 for not
   */
  record Plan(long records, long seed, int ingestSeconds, long lag, List<String> settings) {}

  /** How the filling went. */
  record Filled(long records, long nanos) {}

  StripRun(Path data, Plan plan) {
    this.data = data;
    this.plan = plan;
  }

  StripReport run() throws InterruptedException {
    try (NodeHere node = new NodeHere(data, plan.settings(), FROM)) {
      Producer[] producer = new Producer[1];
      Watch watch = new Watch(node, data, () -> producer[0] == null ? 0 : producer[0].acked());
      Thread watcher = new Thread(watch, "watch");
      watcher.setDaemon(true);
      watcher.start();
      try {
        Producer filler = new Producer(node, watch::applied, "fill", 10 * plan.lag());
        System.err.println("filling a month with " + plan.records() + " records ...");
        node.clock().moveTo(UNTIL);
        Filled filled = fill(node, filler);
        watch.follow(MONTH);
        producer[0] = new Producer(node, watch::applied, "now", plan.lag());
        return strip(node, watch, producer[0], filled, filler.lastId());
      } finally {
        watch.stop();
        watcher.join();
      }
    }
  }

  private Filled fill(NodeHere node, Producer filler) {
    long start = System.nanoTime();
    filler.stream(Producer.traffic(plan.seed(), plan.records(), FROM, UNTIL.minusSeconds(1)));
    long count = node.countRecords();
    return new Filled(count, System.nanoTime() - start);
  }

  private StripReport strip(
      NodeHere node, Watch watch, Producer producer, Filled filled, String sampleId)
      throws InterruptedException {
    Duration before = plan.ingestSeconds() == 0 ? QUIET : WARM.plusSeconds(plan.ingestSeconds());
    node.clock().moveTo(DEADLINE.minus(before));
    Thread streaming = new Thread(() -> stream(producer), "produce");
    streaming.setDaemon(true);
    if (plan.ingestSeconds() > 0) {
      streaming.start();
    }
    long deadline =
        System.nanoTime() + Duration.between(node.clock().instant(), DEADLINE).toNanos();
    System.err.println("waiting for the deadline ...");
    boolean shown = true;
    while (System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    long gone = deadline;
    while (shown) {
      long asked = System.nanoTime();
      shown = node.shows(sampleId);
      gone = shown ? gone : asked;
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    boolean finished = awaitStrip(watch, deadline);
    if (plan.ingestSeconds() > 0) {
      if (finished) {
        TimeUnit.SECONDS.sleep(plan.ingestSeconds());
      }
      producer.stop();
      streaming.join();
    }
    return new StripReport(
        plan,
        filled,
        new StripReport.Ends(deadline, gone, DEADLINE, finished),
        watch.samples(),
        Watch.bytes(data.resolve("archive").resolve("2025.default").resolve("03")),
        finished && producer.acked() == 0 ? node.countRecords() : filled.records());
  }

  private void stream(Producer producer) {
    producer.stream(
        Producer.traffic(
            plan.seed() + 1, 1_000_000_000L, DEADLINE, DEADLINE.plus(Duration.ofDays(30))));
  }

  /** Waits until the month is archived; with a producer no longer than it is to stream. */
  private boolean awaitStrip(Watch watch, long deadline) throws InterruptedException {
    Duration longest =
        plan.ingestSeconds() == 0
            ? LONGEST
            : Duration.ofSeconds((long) DURING * plan.ingestSeconds());
    BooleanSupplier done = () -> stage(watch).equals("ARCHIVED");
    while (!done.getAsBoolean() && System.nanoTime() - deadline < longest.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return done.getAsBoolean();
  }

  private static String stage(Watch watch) {
    return watch.last().map(Watch.Sample::stage).orElse("");
  }
}
