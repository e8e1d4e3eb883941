package vellum.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** What was acknowledged and applied, second by second. Run by a thread of its own. */
final class Timeline implements Runnable {

  private static final int STEP_MS = 200;
  private static final int STEPS = 5;

  private final ServerProcess server;
  private final LongSupplier acked;
  private final LongConsumer applied;
  private final List<Second> seconds = new ArrayList<>();
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

  /**
   * What was reached at the end of a second.
   *
   * @param cpuNanos of the server
   * @param writtenBytes that the server wrote to the disk
   */
  record Second(long acked, long applied, long residentBytes, long cpuNanos, long writtenBytes) {
    static final Second NONE = new Second(0, 0, 0, 0, 0);
  }

  @Override
  public void run() {
    try {
      long cpu = server.cpu().toNanos();
      long written = server.writtenBytes();
      for (int step = 1; !stopped; step++) {
        TimeUnit.MILLISECONDS.sleep(STEP_MS);
        JsonNode status = server.status();
        long messages = status.at("/apply/messages").asLong();
        applied.accept(messages);
        if (step % STEPS == 0) {
          long resident = server.residentBytes();
          peakResidentBytes = Math.max(peakResidentBytes, resident);
          seconds.add(
              new Second(
                  acked.getAsLong(),
                  messages,
                  resident,
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

  void stop() {
    stopped = true;
  }

  List<Second> seconds() {
    return List.copyOf(seconds);
  }

  /** One line a second, sums since the start: RFC 4180, with a header. */
  void writeCsv(Path file) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.print("second,acked,applied,rss_anon_bytes,cpu_ms,written_bytes\r\n");
      int number = 1;
      for (Second second : seconds) {
        out.printf(
            Locale.ROOT,
            "%d,%d,%d,%d,%d,%d\r\n",
            number++,
            second.acked,
            second.applied,
            second.residentBytes,
            TimeUnit.NANOSECONDS.toMillis(second.cpuNanos),
            second.writtenBytes);
      }
    }
  }

  long peakResidentBytes() {
    return peakResidentBytes;
  }
}
