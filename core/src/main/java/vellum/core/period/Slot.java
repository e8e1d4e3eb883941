package vellum.core.period;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is open of one period: its live directory, its archive, or, while it goes from one to the
 * other, both; and how many hold each. Thread-safe: opening and closing happen under its lock, so
 * that a slow one keeps nobody from other periods.
 */
final class Slot {

  private @Nullable Open live;
  private @Nullable Open archive;
  private boolean closed;

  /** What was closed had these states; nothing writes what is not open. */
  private final Map<Stage.Owner, MonthState> closedState = new EnumMap<>(Stage.Owner.class);

  /**
   * Holds what an owner has of the period.
   *
   * @param opener opens it when it is not open; called under the slot's lock
   * @param tick moment of use, to find the longest unused
   */
  synchronized RecordStore.Hold hold(
      Stage.Owner owner, Function<Stage.Owner, Month> opener, long tick) {
    if (closed) {
      throw new IllegalStateException("the months are closed");
    }
    Open open = of(owner);
    if (open == null) {
      open = new Open(opener.apply(owner));
      set(owner, open);
    }
    open.lastUsed = tick;
    return open.hold();
  }

  /** Closes what an owner has, unless somebody holds it; true when it is closed. */
  synchronized boolean close(Stage.Owner owner) {
    Open open = of(owner);
    if (open == null) {
      return true;
    }
    if (open.holders > 0) {
      return false;
    }
    closedState.put(owner, open.month.state());
    set(owner, null);
    open.month.close();
    return true;
  }

  /** State of what an owner has: as it is, or was when closed; null when it was never open. */
  synchronized @Nullable MonthState state(Stage.Owner owner) {
    Open open = of(owner);
    return open == null ? closedState.get(owner) : open.month.state();
  }

  /** When what an owner has was used last, or -1 when it cannot be closed now. */
  synchronized long unusedSince(Stage.Owner owner) {
    Open open = of(owner);
    boolean idle = open != null && open.holders == 0 && open.month.unflushedBytes() == 0;
    return open != null && idle ? open.lastUsed : -1;
  }

  /** What is open now; it may be closed at any moment. */
  synchronized List<Month> open() {
    List<Month> months = new ArrayList<>();
    if (live != null) {
      months.add(live.month);
    }
    if (archive != null) {
      months.add(archive.month);
    }
    return months;
  }

  synchronized int openCount() {
    return (live == null ? 0 : 1) + (archive == null ? 0 : 1);
  }

  /** Closes everything, held or not, for good. */
  synchronized void closeAll() {
    closed = true;
    for (Stage.Owner owner : new Stage.Owner[] {Stage.Owner.LIVE, Stage.Owner.ARCHIVE}) {
      Open open = of(owner);
      if (open != null) {
        set(owner, null);
        open.month.close();
      }
    }
  }

  private @Nullable Open of(Stage.Owner owner) {
    return owner == Stage.Owner.ARCHIVE ? archive : live;
  }

  private void set(Stage.Owner owner, @Nullable Open open) {
    if (owner == Stage.Owner.ARCHIVE) {
      archive = open;
    } else {
      live = open;
    }
  }

  /** An open month and how many hold it; guarded by the slot's lock. */
  private final class Open {
    private final Month month;
    private int holders;
    private long lastUsed;

    Open(Month month) {
      this.month = month;
    }

    RecordStore.Hold hold() {
      holders++;
      return new RecordStore.Hold() {
        private boolean released;

        @Override
        public Month month() {
          return month;
        }

        @Override
        public void close() {
          synchronized (Slot.this) {
            if (!released) {
              released = true;
              holders--;
            }
          }
        }
      };
    }
  }
}
