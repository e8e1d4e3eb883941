package vellum.bench.peers;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * So many producers that send what a feed hands out, each from a thread and over a connection of
 * its own. Connections are opened before the clock starts. For one thread.
 */
final class Producers implements AutoCloseable {

  /** Parts of a slice that each producer gets, if all are equally fast. */
  private static final int PARTS = 8;

  private static final int LEAST_BATCH = 100;

  private final RecordFeed feed;
  private final int batch;
  private final List<Sender> senders = new ArrayList<>();
  private final CountDownLatch running;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean stopped;
  private long start;

  private Producers(RecordFeed feed, int producers, int batch) {
    this.feed = feed;
    this.batch = batch;
    this.running = new CountDownLatch(producers);
  }

  /**
   * Opens their connections.
   *
   * @param slice that the feed hands out
   * @param records of the slice
   */
  static Producers open(Peer peer, RecordFeed feed, Slice slice, long records, Acks acks)
      throws Exception {
    int producers = slice.producers();
    Producers all = new Producers(feed, producers, batch(peer.batch(), records, producers));
    try {
      for (int producer = 0; producer < producers; producer++) {
        all.senders.add(peer.sender(producer, acks));
      }
      return all;
    } catch (Exception e) {
      all.close();
      throw e;
    }
  }

  /**
   * Records that a producer takes at a time: what suits the peer, but so few that each gets several
   * parts of the slice, and at least {@link #LEAST_BATCH}.
   */
  static int batch(int suits, long records, int producers) {
    return (int) Math.min(suits, Math.max(LEAST_BATCH, records / producers / PARTS));
  }

  /** Starts to send; the clock runs from here. */
  void start() {
    start = System.nanoTime();
    for (Sender sender : senders) {
      Thread thread = new Thread(() -> send(sender), "producer");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void send(Sender sender) {
    try {
      List<PeerRecord> records = feed.next(batch);
      while (!records.isEmpty() && !stopped) {
        sender.send(records);
        records = feed.next(batch);
      }
      if (!stopped) {
        sender.flush();
      }
    } catch (Exception e) {
      failure.compareAndSet(null, e);
      feed.end();
    } finally {
      running.countDown();
    }
  }

  /**
   * Waits until all is answered.
   *
   * @return nanoseconds since the start
   * @throws IOException when a producer failed, or they take longer
   */
  long await(Duration timeout) throws IOException, InterruptedException {
    if (!running.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("producers did not end within " + timeout);
    }
    long nanos = System.nanoTime() - start;
    Exception failed = failure.get();
    if (failed != null) {
      throw new IOException("a producer failed: " + failed, failed);
    }
    return nanos;
  }

  /** Ends them, whatever they wait for; what is unanswered stays so. */
  @Override
  public void close() {
    stopped = true;
    feed.end();
    senders.forEach(Sender::close);
  }
}
