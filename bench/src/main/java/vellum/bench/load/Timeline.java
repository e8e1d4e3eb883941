package vellum.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  /** What was reached at the end of a second. */
  record Second(long acked, long applied, long residentBytes) {}

  @Override
  public void run() {
    try {
      for (int step = 1; !stopped; step++) {
        TimeUnit.MILLISECONDS.sleep(STEP_MS);
        JsonNode status = server.status();
        long messages = status.at("/apply/messages").asLong();
        applied.accept(messages);
        if (step % STEPS == 0) {
          long resident = server.residentBytes();
          peakResidentBytes = Math.max(peakResidentBytes, resident);
          seconds.add(new Second(acked.getAsLong(), messages, resident));
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

  long peakResidentBytes() {
    return peakResidentBytes;
  }
}
