package vellum.core.audit;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;
import vellum.core.record.Bytes;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreException;
import vellum.core.store.Table;

/**
 * The trail in the control store, whose writes are durable when they return. Thread-safe: what
 * several threads record at once is written in one batch by the first of them, so a slow disk costs
 * all of them one write. Entries only come; nothing here changes or deletes one.
 */
public final class Trail implements Audit {

  private static final Logger LOG = LoggerFactory.getLogger(Trail.class);
  private static final int MOST_TOGETHER = 256;

  private final Store control;
  private final InstantSource clock;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final Object writing = new Object();
  private final AtomicLong failures = new AtomicLong();

  /** Guarded by {@link #writing} for changes; the newest that is durable. */
  private volatile TrailRows.Head head;

  /** Whether the last batch was refused. Guarded by {@link #writing}. */
  private boolean isRefused;

  /** An entry that wants to be written, and what became of it. */
  private static final class Waiting {
    final Content content;
    long number = Draft.NONE;
    @Nullable RuntimeException failure;

    Waiting(Content content) {
      this.content = content;
    }

    boolean isOver() {
      return number >= 0 || failure != null;
    }
  }

  /**
   * An entry as it is stored.
   *
   * @param line its bytes
   */
  public record Stored(long number, byte[] line) {

    /** Its hash, the leaf of the tree. */
    public byte[] hash() {
      return HashTree.leaf(line);
    }

    /** Whether only some may read what it says. */
    public boolean isSealed() {
      return sealed().isPresent();
    }

    /** What only some may read, if it is such. */
    public Optional<SealedDraft> sealed() {
      return EntryLine.read(line)
          .map(Entry::content)
          .filter(SealedDraft.class::isInstance)
          .map(SealedDraft.class::cast);
    }
  }

  private Trail(Store control, InstantSource clock, TrailRows.Head head) {
    this.control = control;
    this.clock = clock;
    this.head = head;
  }

  /** Tables of the control store that the trail needs. */
  public static List<Table> tables() {
    return List.of(TrailRows.ENTRIES, TrailRows.CHECKPOINTS, TrailRows.STATE);
  }

  /**
   * Opens the trail, empty when there is none.
   *
   * @param control whose writes are durable when they return
   * @throws AuditException.Damaged when its last entry is not the one that its state names
   */
  public static Trail open(Store control, InstantSource clock) {
    TrailRows.Head head = readHead(control);
    long size = head.tree().size();
    byte[] last = size == 0 ? null : control.get(TrailRows.ENTRIES, Bytes.ofLong(size - 1));
    if (size > 0 && (last == null || !Arrays.equals(HashTree.leaf(last), head.last()))) {
      throw new AuditException.Damaged(
          "entry " + (size - 1) + (last == null ? " is missing" : " is another one"));
    }
    if (control.get(TrailRows.ENTRIES, Bytes.ofLong(size)) != null) {
      throw new AuditException.Damaged("entry " + size + " is not in its state");
    }
    return new Trail(control, clock, head);
  }

  private static TrailRows.Head readHead(Store control) {
    byte[] row = control.get(TrailRows.STATE, TrailRows.HEAD);
    return row == null ? TrailRows.Head.EMPTY : TrailRows.readHead(row);
  }

  @Override
  public long record(Content content) {
    Waiting mine = new Waiting(content);
    waiting.add(mine);
    synchronized (writing) {
      while (!mine.isOver()) {
        writeNext();
      }
    }
    RuntimeException failure = mine.failure;
    if (failure != null) {
      failures.incrementAndGet();
      throw new AuditException.Unavailable(failure);
    }
    return mine.number;
  }

  /** Writes what waits, in one batch: all of it, or none. */
  private void writeNext() {
    List<Waiting> together = new ArrayList<>();
    Waiting next = waiting.poll();
    while (next != null) {
      together.add(next);
      next = together.size() < MOST_TOGETHER ? waiting.poll() : null;
    }
    try {
      write(together);
      resumed();
    } catch (RuntimeException e) {
      together.forEach(one -> one.failure = e);
      refused(e);
    }
  }

  /** Says so once, however many are refused then. */
  private void refused(RuntimeException failure) {
    if (!isRefused) {
      isRefused = true;
      LOG.error(
          Event.AUDIT_UNAVAILABLE.code(),
          "the audit trail cannot be written, and nothing is answered that must stand in it: {}",
          failure instanceof StoreException store
              ? store.getMessage()
              : failure.getClass().getName());
    }
  }

  private void resumed() {
    if (isRefused) {
      isRefused = false;
      LOG.info(Event.AUDIT_RESUMED.code(), "the audit trail is written again");
    }
  }

  private void write(List<Waiting> together) {
    StoreBatch batch = control.batch();
    TrailRows.Head grown = head;
    long first = grown.tree().size();
    for (Waiting each : together) {
      long number = grown.tree().size();
      byte[] line = new Entry(number, clock.instant(), each.content, grown.lastHex()).line();
      batch.put(TrailRows.ENTRIES, Bytes.ofLong(number), line);
      grown = grown.with(line);
    }
    batch.put(TrailRows.STATE, TrailRows.HEAD, TrailRows.write(grown));
    control.write(batch);
    head = grown;
    for (int i = 0; i < together.size(); i++) {
      together.get(i).number = first + i;
    }
  }

  /** Entries that are written. */
  public long size() {
    return head.tree().size();
  }

  /** How often an entry could not be written, since the start. */
  public long failures() {
    return failures.get();
  }

  /** What a checkpoint of now says. */
  TreeHead treeHead(String origin) {
    HashTree tree = head.tree();
    return new TreeHead(origin, tree.size(), tree.root());
  }

  /**
   * Entries from a number on, in order.
   *
   * @param limit at most so many
   */
  public List<Stored> page(long from, int limit) {
    List<Stored> page = new ArrayList<>();
    long size = size();
    long to = Math.min(size, from + limit);
    if (from < 0 || from >= to) {
      return page;
    }
    try (Scan scan = control.scan(TrailRows.ENTRIES, Bytes.ofLong(from), Bytes.ofLong(to))) {
      while (scan.next()) {
        page.add(new Stored(from + page.size(), scan.value()));
      }
    }
    return page;
  }

  /** Notes the settings a server works with; true when they are others than those before. */
  public boolean isNewConfiguration(String sha256) {
    byte[] now = sha256.getBytes(StandardCharsets.US_ASCII);
    byte[] before = control.get(TrailRows.STATE, TrailRows.CONFIGURATION);
    if (!Arrays.equals(now, before)) {
      StoreBatch batch = control.batch();
      batch.put(TrailRows.STATE, TrailRows.CONFIGURATION, now);
      control.write(batch);
    }
    return before != null && !Arrays.equals(now, before);
  }
}
