package vellum.core.audit;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Entries about what the server does by itself and must not put off: a key dies on its day also
 * when the disk is full. What cannot be written at once is kept in memory, in order, and written as
 * soon as it can be. Thread-safe.
 */
public final class OwedEntries {

  /** What is owed at most; what comes then is counted, and said in an entry of its own. */
  private static final int MOST = 10_000;

  private final Audit audit;
  private final int most;
  private final Deque<Content> owed = new ArrayDeque<>();
  private long lost;

  public OwedEntries(Audit audit) {
    this(audit, MOST);
  }

  OwedEntries(Audit audit, int most) {
    this.audit = audit;
    this.most = most;
  }

  /** Writes an entry, now or later. */
  public synchronized void add(Content content) {
    if (owed.size() < most) {
      owed.add(content);
    } else {
      lost++;
    }
    settle();
  }

  /** Writes what is owed, as far as it goes; returns how many entries. */
  public synchronized int settle() {
    int written = 0;
    try {
      for (Content next = owed.peek(); next != null; next = owed.peek()) {
        audit.record(next);
        owed.remove();
        written++;
      }
      if (lost > 0) {
        audit.record(Draft.ofServer(AuditEvent.ENTRIES_LOST, "the disk was full").counting(lost));
        lost = 0;
      }
    } catch (AuditException.Unavailable later) {
      // It stays owed.
    }
    return written;
  }

  /** Entries that are not written yet. */
  public synchronized long owed() {
    return owed.size() + lost;
  }
}
