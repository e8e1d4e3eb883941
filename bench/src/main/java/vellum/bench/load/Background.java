package vellum.bench.load;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Traffic that is sent beside what is measured, until it is ended. */
final class Background {

  private final Sender sender;
  private final CompletableFuture<Long> sending = new CompletableFuture<>();

  private Background(Sender sender) {
    this.sender = sender;
  }

  static Background start(Sender sender, Traffic traffic) {
    Background background = new Background(sender);
    Thread thread = new Thread(() -> background.send(traffic), "send");
    thread.setDaemon(true);
    thread.start();
    return background;
  }

  private void send(Traffic traffic) {
    try (traffic) {
      sending.complete(sender.send(traffic));
    } catch (IOException | RuntimeException e) {
      sending.completeExceptionally(e);
    }
  }

  /** Whether all is sent and answered, or it failed. */
  boolean isOver() {
    return sending.isDone();
  }

  /** Ends it; returns the messages sent. */
  long end() throws IOException {
    sender.stop();
    return join();
  }

  /** Waits until all is sent and answered; returns the messages sent. */
  long join() throws IOException {
    try {
      return sending.join();
    } catch (CompletionException e) {
      throw new IOException("the traffic beside ended with a failure", e.getCause());
    }
  }
}
