package vellum.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * What was acknowledged and applied, about second by second: a busy machine is late, so each moment
 * says when it was. Run by a thread of its own.
 */
final class Timeline implements Runnable {

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int SHOWN = 20;

  private final ServerProcess server;
  private final LongSupplier acked;
  private final LongConsumer applied;
  private final List<Moment> moments = new ArrayList<>();
  private volatile boolean stopped;
  private long peakResidentBytes;

  /**
   * @param acked messages acknowledged so far
   * @param applied told how many messages are applied, some times a second
   */
  Timeline(ServerProcess server, LongSupplier acked, LongConsumer applied) {
    this.server = server;
    this.acked = acked;
    this.applied = applied;
  }

  @Override
  public void run() {
    try {
      long start = System.nanoTime();
      long cpu = server.cpu().toNanos();
      long written = server.writtenBytes();
      long due = SECOND_NANOS;
      while (!stopped) {
        TimeUnit.NANOSECONDS.sleep(STEP_NANOS);
        long messages = server.status().at("/apply/messages").asLong();
        applied.accept(messages);
        long now = System.nanoTime() - start;
        if (now >= due) {
          due = now - now % SECOND_NANOS + SECOND_NANOS;
          add(
              new Moment(
                  now,
                  acked.getAsLong(),
                  messages,
                  server.residentBytes(),
                  server.cpu().toNanos() - cpu,
                  server.writtenBytes() - written));
        }
      }
    } catch (IOException e) {
      System.err.println("the server could not be watched any longer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void add(Moment moment) {
    moments.add(moment);
    peakResidentBytes = Math.max(peakResidentBytes, moment.residentBytes());
  }

  void stop() {
    stopped = true;
  }

  List<Moment> moments() {
    return List.copyOf(moments);
  }

  long peakResidentBytes() {
    return peakResidentBytes;
  }

  /** One line a moment, sums since the start: RFC 4180, with a header. */
  void writeCsv(Path file) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.print("seconds,acked,applied,rss_anon_bytes,cpu_ms,written_bytes\r\n");
      for (Moment moment : moments) {
        out.printf(
            Locale.ROOT,
            "%.3f,%d,%d,%d,%d,%d\r\n",
            moment.seconds(),
            moment.acked(),
            moment.applied(),
            moment.residentBytes(),
            TimeUnit.NANOSECONDS.toMillis(moment.cpuNanos()),
            moment.writtenBytes());
      }
    }
  }

  /** Some twenty lines: rates between two moments, and what stood at the end of them. */
  void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%8s %14s %14s %14s %10s %8s%n",
        "seconds",
        "acked/s",
        "applied/s",
        "lag",
        "MiB",
        "CPU %");
    int step = Math.max(1, moments.size() / SHOWN);
    Moment before = Moment.START;
    for (int i = step - 1; i < moments.size(); i += step) {
      Moment now = moments.get(i);
      out.printf(
          Locale.ROOT,
          "%8.1f %,14.0f %,14.0f %,14d %,10d %8.0f%n",
          now.seconds(),
          now.ackedSince(before),
          now.appliedSince(before),
          now.acked() - now.applied(),
          now.residentBytes() >> 20,
          now.cpuPercentSince(before));
      before = now;
    }
  }
}
