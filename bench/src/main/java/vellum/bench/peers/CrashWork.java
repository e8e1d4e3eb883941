package vellum.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** W7: a peer that is killed while it takes records as fast as it can. For one thread. */
final class CrashWork {

  private static final Duration HALF = Duration.ofMinutes(5);
  private static final double SECONDS = 1e9;
  private static final int POLL_MS = 2;

  private final Peer peer;
  private final Questions questions;
  private final Outcomes outcomes;

  CrashWork(Peer peer, Questions questions, Outcomes outcomes) {
    this.peer = peer;
    this.questions = questions;
    this.outcomes = outcomes;
  }

  void run(Path traffic) throws Exception {
    AckCount acks = new AckCount(true);
    long records = questions.recordsOf(Slice.CRASH);
    List<PeerRecord> probe;
    try (RecordFeed feed = new RecordFeed(Slice.CRASH.file(traffic), 0)) {
      probe = feed.next(1);
      Producers producers = Producers.open(peer, feed, Slice.CRASH, records, acks);
      try {
        producers.start();
        awaitHalf(acks, records / 2);
        peer.kill();
      } finally {
        producers.close();
      }
    }
    long start = System.nanoTime();
    peer.start();
    answer(probe);
    outcomes.tell(Figure.RESTART, (System.nanoTime() - start) / SECONDS);
    settle();
    Set<String> lost = new HashSet<>(acks.ids());
    peer.ids(Slice.CRASH.fromMicros(), Slice.CRASH.untilMicros(), lost::remove);
    outcomes.tell(Figure.LOST, lost.size());
  }

  private void settle() throws Exception {
    try {
      peer.settle();
    } catch (NotPossible aLog) {
      // What it has it tells at once.
    }
  }

  private static void awaitHalf(AckCount acks, long half) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + HALF.toNanos();
    while (acks.acked() < half) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("half of the records were not acked within " + HALF);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  /** Has a record taken and a question answered. */
  private void answer(List<PeerRecord> probe) throws Exception {
    AckCount taken = new AckCount(false);
    try (Sender sender = peer.sender(0, taken)) {
      sender.send(probe);
      sender.flush();
    }
    if (taken.acked() != 1) {
      throw new IOException("after the restart a record is not taken: " + taken.lastReason());
    }
    try {
      Questions.Hour hour = questions.hours().get(0);
      peer.list(hour.account(), hour.fromMicros(), hour.toMicros(), 1);
    } catch (NotPossible nothingToAsk) {
      // What answers no questions is there when it takes a record.
    }
  }
}
