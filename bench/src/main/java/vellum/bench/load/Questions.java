package vellum.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Asks the server one kind of question at a fixed rate for some time. The latency runs from when a
 * question was due, so that one that waits behind a slow answer counts its wait. For one thread.
 */
final class Questions implements Runnable {

  /**
   * A server that is behind ends the round at this many times its seconds: the rest goes unasked.
   */
  private static final int OVERTIME = 2;

  private final Kind kind;
  private final Asked asked;
  private final Samples samples;
  private final long seconds;
  private final int rate;
  private final Histogram latency = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
  private long answers;
  private long rows;
  private long failures;

  /** What can be asked. */
  enum Kind {
    RECORD("a record by its id", "records"),
    HOUR("an account's records of an hour", "records"),
    NUMBER("all records of a number", "records"),
    TOTALS("an account's month by channel and network", "totals");

    private final String text;
    private final String rows;

    Kind(String text, String rows) {
      this.text = text;
      this.rows = rows;
    }

    String text() {
      return text;
    }
  }

  /** Who answers. */
  interface Asked {
    JsonNode answer(Kind kind, Samples.Sample about) throws IOException, InterruptedException;
  }

  /** Questions to a server. */
  static Asked of(ServerProcess server) {
    return (kind, about) ->
        switch (kind) {
          case RECORD -> server.get(about.recordPath());
          case HOUR -> server.get(about.hourPath());
          case NUMBER -> server.post("/v1/subjects/find", about.numberBody());
          case TOTALS -> server.get(about.totalsPath());
        };
  }

  /**
   * @param rate questions a second
   */
  Questions(Kind kind, Asked asked, Samples samples, long seconds, int rate) {
    this.kind = kind;
    this.asked = asked;
    this.samples = samples;
    this.seconds = seconds;
    this.rate = rate;
  }

  @Override
  public void run() {
    long start = System.nanoTime();
    long step = TimeUnit.SECONDS.toNanos(1) / rate;
    long end = start + OVERTIME * TimeUnit.SECONDS.toNanos(seconds);
    for (long number = 0; number < seconds * rate && System.nanoTime() < end; number++) {
      long due = start + number * step;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      try {
        rows += asked.answer(kind, samples.any()).path(kind.rows).size();
        answers++;
      } catch (IOException e) {
        failures++;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      long micros = (System.nanoTime() - due) / 1000;
      latency.recordValue(Math.min(latency.getHighestTrackableValue(), micros));
    }
  }

  /** A percentile of the latency, once {@link #run} has ended. */
  double millis(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e3;
  }

  /** Whether what was asked was answered, once {@link #run} has ended. */
  boolean isAnswered() {
    return failures == 0 && answers > 0;
  }

  /** What was seen, once {@link #run} has ended. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-42s %,7d %7d %7d %9.1f %9.1f %9.1f %9.1f",
        kind.text(),
        answers,
        failures,
        seconds * rate - answers - failures,
        answers == 0 ? 0 : (double) rows / answers,
        millis(50),
        millis(99),
        latency.getMaxValue() / 1e3);
  }

  /** The header above {@link #line}s. */
  static String header() {
    return String.format(
        "%-42s %7s %7s %7s %9s %9s %9s %9s",
        "question", "answers", "failed", "unasked", "rows each", "p50 ms", "p99 ms", "max ms");
  }
}
