package vellum.bench.peers;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts acks. Thread-safe. */
final class AckCount implements Acks {

  private final LongAdder acked = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Set<String> ids;
  private final boolean remembers;
  private volatile String lastReason = "";

  /**
   * @param remembers whether to keep the ids of what was acked
   */
  AckCount(boolean remembers) {
    this.remembers = remembers;
    this.ids = ConcurrentHashMap.newKeySet();
  }

  @Override
  public void acked(PeerRecord record) {
    acked.increment();
    if (remembers) {
      ids.add(record.id());
    }
  }

  @Override
  public void refused(PeerRecord record, String why) {
    lastReason = why;
    refused.increment();
  }

  long acked() {
    return acked.sum();
  }

  long refused() {
    return refused.sum();
  }

  /** Why the last one was refused; empty when none was. */
  String lastReason() {
    return lastReason;
  }

  /** Ids of what was acked. */
  Set<String> ids() {
    return ids;
  }
}
