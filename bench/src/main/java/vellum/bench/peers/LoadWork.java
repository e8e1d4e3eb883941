package vellum.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import vellum.bench.process.Usage;

/** Fills a peer slice by slice; W1 is what the loads' acks took. For one thread. */
final class LoadWork {

  private static final double MICROS = 1e3;
  private static final int MIB = 20;
  private static final long NEVER = -1;

  private final Peer peer;
  private final Path traffic;
  private final Outcomes outcomes;
  private long sent;
  private long serverNanos;
  private long clientNanos;
  private long residentBytes;

  LoadWork(Peer peer, Path traffic, Outcomes outcomes) {
    this.peer = peer;
    this.traffic = traffic;
    this.outcomes = outcomes;
  }

  /** Loads history, which is not measured. */
  void history(Duration limit) throws Exception {
    load(Slice.HISTORY, limit);
  }

  /** The three loads. */
  void measure(Duration limit) throws Exception {
    measure(Slice.LOAD_1, Figure.ACKED_1, Figure.VISIBLE_1, limit);
    measure(Slice.LOAD_8, Figure.ACKED_8, Figure.VISIBLE_8, limit);
    measure(Slice.LOAD_64, Figure.ACKED_64, Figure.VISIBLE_64, limit);
    outcomes.tell(Figure.SERVER_CPU, serverNanos / MICROS / sent);
    outcomes.tell(Figure.CLIENT_CPU, clientNanos / MICROS / sent);
    outcomes.tell(Figure.MEMORY, (double) (residentBytes >> MIB));
  }

  private void measure(Slice slice, Figure acked, Figure visible, Duration limit) throws Exception {
    long server = PeerProcess.cpuNanos();
    long client = Usage.ownCpuNanos();
    Load load = load(slice, limit);
    serverNanos += PeerProcess.cpuNanos() - server;
    clientNanos += Usage.ownCpuNanos() - client;
    sent += load.records;
    outcomes.tell(acked, load.perSecond(load.ackedNanos));
    if (load.visibleNanos == NEVER) {
      outcomes.tell(visible, Double.NaN, "not possible: nothing is looked up");
    } else {
      outcomes.tell(visible, load.perSecond(load.visibleNanos));
    }
  }

  private record Load(long records, long ackedNanos, long visibleNanos) {
    double perSecond(long nanos) {
      return (double) records * TimeUnit.SECONDS.toNanos(1) / nanos;
    }
  }

  private Load load(Slice slice, Duration limit) throws Exception {
    AckCount acks = new AckCount(false);
    try (RecordFeed feed = new RecordFeed(slice.file(traffic), 0);
        Producers producers = Producers.open(peer, feed, slice.producers(), acks)) {
      long start = System.nanoTime();
      producers.start();
      long ackedNanos = producers.await(limit);
      long visibleNanos = settle() ? System.nanoTime() - start : NEVER;
      // While the producers are connected: a peer may have processes for them.
      residentBytes = Math.max(residentBytes, PeerProcess.residentBytes());
      if (acks.refused() > 0) {
        throw new IOException(
            acks.refused() + " records of " + slice + " were refused: " + acks.lastReason());
      }
      return new Load(acks.acked(), ackedNanos, visibleNanos);
    }
  }

  /** Waits until all is visible; false when that never is. */
  private boolean settle() throws Exception {
    try {
      peer.settle();
      return true;
    } catch (NotPossible aLog) {
      return false;
    }
  }
}
