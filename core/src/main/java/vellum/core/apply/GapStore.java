package vellum.core.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.StreamGap;
import vellum.core.journal.StreamId;
import vellum.core.record.Bytes;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * The gaps in producers' sequences, oldest first: in memory, and in the control store as of the
 * last checkpoint, whose batch they are written in. So a replay from a checkpoint finds each
 * exactly once.
 *
 * <p>They hold names of systems and no identities, and are kept for {@link #KEPT}, by the times of
 * the journal's entries. At most {@link #MAX_OF_PRODUCER} of a producer and {@link #MAX} in all are
 * kept; the oldest are dropped and counted. Changed by the applier's thread, read by any.
 */
public final class GapStore {

  /** Journal sequence (i64) → {@link GapRow}; 0 → how many were dropped (i64). */
  public static final Table TABLE = new Table("gaps", 0, Shape.SMALL);

  /** Most gaps of one producer. */
  public static final int MAX_OF_PRODUCER = 1_000;

  /** Most gaps in all. */
  public static final int MAX = 10_000;

  /** Thirteen months: a year's bills can be explained until they are settled. */
  public static final Duration KEPT = Duration.ofDays(400);

  private static final long KEPT_MICROS = TimeUnit.SECONDS.toMicros(KEPT.toSeconds());
  private static final byte[] AFTER_ALL = {(byte) 0xFF};

  private final TreeMap<Long, StreamGap> gaps = new TreeMap<>();
  private final Map<String, TreeSet<Long>> ofProducers = new HashMap<>();

  /** Journal sequences whose rows differ from what is stored; 0 stands for the count. */
  private final Set<Long> changed = new HashSet<>();

  private long dropped;

  /** Reads what the last checkpoint left. */
  GapStore(Store control) {
    try (Scan scan = control.scan(TABLE, new byte[0], AFTER_ALL)) {
      while (scan.next()) {
        long key = Bytes.getLong(scan.key(), 0);
        if (key == 0) {
          dropped = Bytes.getLong(scan.value(), 0);
        } else {
          put(GapRow.read(key, scan.value()));
        }
      }
    }
  }

  /**
   * Some gaps and whether there are more.
   *
   * @param more whether more match behind the last one
   */
  public record Page(List<StreamGap> gaps, boolean more) {}

  /**
   * What to list.
   *
   * @param producer or null for all
   * @param fromMicros found at or after
   * @param toMicros found before
   * @param after journal sequence of the last gap of the page before, 0 at first
   */
  public record Question(@Nullable String producer, long fromMicros, long toMicros, long after) {}

  /** Lists gaps in the order in which they were found. */
  public synchronized Page list(Question question, int limit) {
    List<StreamGap> found = new ArrayList<>();
    for (StreamGap gap : gaps.tailMap(question.after, false).values()) {
      if ((question.producer == null || question.producer.equals(gap.stream().producer()))
          && gap.foundAtMicros() >= question.fromMicros
          && gap.foundAtMicros() < question.toMicros) {
        if (found.size() == limit) {
          return new Page(found, true);
        }
        found.add(gap);
      }
    }
    return new Page(found, false);
  }

  /**
   * What a stream has of gaps.
   *
   * @param missing sequences in them; the highest number when there are more
   */
  public record Count(int gaps, long missing) {

    /** None. */
    public static final Count NONE = new Count(0, 0);

    Count plus(StreamGap gap) {
      long sum = missing + gap.sequences();
      return new Count(gaps + 1, sum < 0 ? Long.MAX_VALUE : sum);
    }
  }

  /** How many gaps are known of each stream that has any, of all its epochs. */
  public synchronized Map<StreamId, Count> counts() {
    Map<StreamId, Count> counts = new HashMap<>();
    for (StreamGap gap : gaps.values()) {
      counts.put(gap.stream(), counts.getOrDefault(gap.stream(), Count.NONE).plus(gap));
    }
    return counts;
  }

  /** Whether a producer has a gap. */
  public synchronized boolean has(String producer) {
    return ofProducers.containsKey(producer);
  }

  /** How many gaps are known. */
  public synchronized int size() {
    return gaps.size();
  }

  /** How many were dropped since there were more than are kept. */
  public synchronized long dropped() {
    return dropped;
  }

  synchronized List<StreamGap> all() {
    return List.copyOf(gaps.values());
  }

  synchronized @Nullable StreamGap find(long journalSequence) {
    return gaps.get(journalSequence);
  }

  /** Adds a gap, or puts it in place of the one of its journal sequence. */
  synchronized void add(StreamGap gap) {
    put(gap);
    changed.add(gap.journalSequence());
    TreeSet<Long> ofProducer = ofProducers.get(gap.stream().producer());
    if (ofProducer != null && ofProducer.size() > MAX_OF_PRODUCER) {
      drop(ofProducer.first());
    } else if (gaps.size() > MAX) {
      drop(gaps.firstKey());
    }
  }

  /** Forgets what was found too long before a time. */
  synchronized void expire(long nowMicros) {
    while (!gaps.isEmpty()
        && gaps.firstEntry().getValue().foundAtMicros() < nowMicros - KEPT_MICROS) {
      remove(gaps.firstKey());
    }
  }

  private void put(StreamGap gap) {
    gaps.put(gap.journalSequence(), gap);
    ofProducers
        .computeIfAbsent(gap.stream().producer(), producer -> new TreeSet<>())
        .add(gap.journalSequence());
  }

  private void drop(long journalSequence) {
    remove(journalSequence);
    dropped++;
    changed.add(0L);
  }

  synchronized void remove(long journalSequence) {
    StreamGap gap = gaps.remove(journalSequence);
    if (gap == null) {
      return;
    }
    changed.add(journalSequence);
    TreeSet<Long> ofProducer = ofProducers.get(gap.stream().producer());
    if (ofProducer != null && ofProducer.remove(journalSequence) && ofProducer.isEmpty()) {
      ofProducers.remove(gap.stream().producer());
    }
  }

  /** Puts what changed into a checkpoint's batch. */
  synchronized void writeTo(StoreBatch batch) {
    for (long journalSequence : changed) {
      byte[] key = Bytes.ofLong(journalSequence);
      StreamGap gap = gaps.get(journalSequence);
      if (journalSequence == 0) {
        batch.put(TABLE, key, Bytes.ofLong(dropped));
      } else if (gap == null) {
        batch.delete(TABLE, key);
      } else {
        batch.put(TABLE, key, GapRow.write(gap));
      }
    }
  }

  /** The batch of {@link #writeTo} is durable; the same thread wrote it. */
  synchronized void written() {
    changed.clear();
  }
}
