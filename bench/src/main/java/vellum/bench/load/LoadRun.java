package vellum.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import vellum.bench.process.Usage;

/** One run: sends all messages, watching the server each second, and waits until all is applied. */
final class LoadRun {

  private static final Duration DEADLINE = Duration.ofMinutes(30);

  private final ServerProcess server;
  private final Sender.Sending sending;
  private volatile long applied;

  LoadRun(ServerProcess server, Sender.Sending sending) {
    this.server = server;
    this.sending = sending;
  }

  LoadReport run(Traffic traffic, TrafficFile.Content content)
      throws IOException, InterruptedException {
    Sender sender = new Sender(server, sending, () -> applied);
    Timeline timeline = new Timeline(server, sender::acked, value -> applied = value);
    Thread watcher = new Thread(timeline, "watch");
    watcher.setDaemon(true);
    Duration serverCpu = server.cpu();
    long clientCpu = Usage.ownCpuNanos();
    long written = server.writtenBytes();
    long start = System.nanoTime();
    watcher.start();
    long sent = sender.send(traffic);
    long ackedAt = System.nanoTime();
    long clientUsed = Usage.ownCpuNanos() - clientCpu;
    JsonNode count = awaitApplied(sent - sender.rejected());
    long appliedAt = System.nanoTime();
    timeline.stop();
    watcher.join();
    return new LoadReport(
        content,
        sending,
        new LoadReport.Outcomes(sent, sender.acked(), sender.rejected(), sender.failed(), count),
        new LoadReport.Costs(
            ackedAt - start,
            appliedAt - start,
            server.cpu().minus(serverCpu).toNanos(),
            clientUsed,
            server.writtenBytes() - written,
            server.pauses()),
        new LoadReport.Latencies(sender.latency(), sender.warmLatency()),
        timeline,
        server.status());
  }

  private JsonNode awaitApplied(long messages) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (server.status().at("/apply/messages").asLong() < messages) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the server did not apply everything within " + DEADLINE);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return server.count();
  }
}
