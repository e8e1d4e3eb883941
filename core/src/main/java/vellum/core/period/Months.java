package vellum.core.period;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import vellum.core.crypto.KeyRing;
import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.Table;

/**
 * The periods of one machine, live and archived, one directory and one store each, opened when
 * first used. The catalog decides which there are and who owns them; see {@link Reconciliation} for
 * what becomes of the rest. Thread-safe; months are opened beside each other, since each has a lock
 * of its own.
 */
public final class Months implements RecordStore {

  private final Directories directories;
  private final Catalog catalog;
  private final MonthMaking making;
  private final MonthOpener opener;
  private final int maxOpen;
  private final Map<MonthId, Slot> slots = new ConcurrentHashMap<>();
  private final AtomicLong ticks = new AtomicLong();
  private volatile boolean closed;

  /** Opens the store of a month in a directory. */
  @FunctionalInterface
  public interface MonthOpener {
    Store open(Place place, List<Table> tables);

    /**
     * What is to be opened.
     *
     * @param owner LIVE or ARCHIVE
     */
    record Place(MonthId month, Stage.Owner owner, Path directory) {}
  }

  /**
   * Finds what is there, and removes what should not be.
   *
   * @param keyEnds the end of a month's key, when it is destroyed: a month that comes for the first
   *     time then, and never had a key, is archived from the start
   * @param maxOpen months that stay open unused, 1 to 1,000
   */
  public Months(
      Directories directories,
      Catalog catalog,
      Function<MonthId, Optional<KeyRing.Destroyed>> keyEnds,
      MonthOpener opener,
      InstantSource clock,
      int maxOpen) {
    if (maxOpen < 1 || maxOpen > 1000) {
      throw new IllegalArgumentException("open months must be 1 to 1,000: " + maxOpen);
    }
    this.directories = directories;
    this.catalog = catalog;
    this.making = new MonthMaking(directories, catalog, keyEnds, clock);
    this.opener = opener;
    this.maxOpen = maxOpen;
    new Reconciliation(directories, catalog).run();
  }

  /** Where the periods lie. */
  public Directories directories() {
    return directories;
  }

  /** Where a month lies, as its owner has it. */
  public Path directoryOf(MonthId month) {
    return directories.of(month, catalog.owner(month));
  }

  /**
   * {@inheritDoc}
   *
   * <p>A new month is live, also one whose key died while its first records were on their way: they
   * are sealed. One that never had a key and gets none any more is archived from the start. Usage
   * and content without a key are not made any more.
   */
  @Override
  public Hold hold(MonthId month) {
    Slot slot = slot(month);
    synchronized (slot) {
      if (closed) {
        throw new IllegalStateException("the months are closed");
      }
      return slot.hold(
          making.ownerOrMake(month), owner -> open(month, owner), ticks.incrementAndGet());
    }
  }

  @Override
  public Optional<Hold> holdExisting(MonthId month) {
    try {
      return holdIfThere(month);
    } catch (PeriodException.Gone meanwhile) {
      return Optional.empty();
    }
  }

  private Optional<Hold> holdIfThere(MonthId month) {
    Slot slot = slot(month);
    synchronized (slot) {
      boolean isThere =
          month.kind() == MonthId.Kind.TRAFFIC
              ? catalog.owner(month) != Stage.Owner.NONE
              : catalog.owner(month) == Stage.Owner.LIVE && catalog.isMade(month);
      return isThere ? Optional.of(hold(month)) : Optional.empty();
    }
  }

  /**
   * Position and counts of a period, of one that was closed as it was then; opens only what was not
   * open since the start. Empty when it has no directory.
   */
  public Optional<MonthState> state(MonthId month) {
    MonthState known = slot(month).state(catalog.owner(month));
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Hold> hold = holdExisting(month);
    try {
      return hold.map(open -> open.month().state());
    } finally {
      hold.ifPresent(Hold::close);
    }
  }

  /**
   * A month with the directory that it still or already has under one owner, whoever owns it now;
   * to be closed. For the worker that carries it from one to the other: live up to SWITCHED,
   * archived from VERIFIED on.
   */
  public Hold holdAs(MonthId month, Stage.Owner owner) {
    Slot slot = slot(month);
    synchronized (slot) {
      if (catalog.owner(month) == owner) {
        return hold(month);
      }
      Reconciliation.requireDirectory(directories.of(month, owner));
      return slot.hold(owner, as -> open(month, as), ticks.incrementAndGet());
    }
  }

  /**
   * Closes what a month has under an owner that does not own it any more, once nobody holds it;
   * true when it is closed. No new hold of it is given out since the catalog said so.
   */
  public boolean closeWhenUnused(MonthId month, Stage.Owner owner) {
    Slot slot = slot(month);
    synchronized (slot) {
      if (catalog.owner(month) == owner) {
        throw new IllegalStateException(month + " is owned by " + owner + " and stays open");
      }
      return slot.close(owner);
    }
  }

  /**
   * Closes a period that nobody holds, flushed; who asks for it next opens it anew, with a new list
   * of its files: the old one names keys at their ends, also of files that are gone. False while
   * somebody holds it.
   */
  public boolean closeToReopen(MonthId month) {
    Slot slot = slot(month);
    synchronized (slot) {
      return slot.close(catalog.owner(month));
    }
  }

  /** Names a period of usage or content, durably, and makes its directory; again does nothing. */
  public Path make(MonthId period) {
    synchronized (slot(period)) {
      return making.make(period);
    }
  }

  private Slot slot(MonthId month) {
    return slots.computeIfAbsent(month, any -> new Slot());
  }

  private Month open(MonthId month, Stage.Owner owner) {
    Reconciliation.requireDirectory(directories.of(month, owner));
    boolean isLive = owner == Stage.Owner.LIVE;
    Store store =
        opener.open(
            new MonthOpener.Place(month, owner, directories.of(month, owner)),
            isLive ? MonthTables.LIVE : MonthTables.ARCHIVE);
    if (isLive) {
      catalog.made(month);
    }
    return isLive ? new LiveMonth(month, store) : new ArchiveMonth(month, store);
  }

  @Override
  public SortedSet<MonthId> months() {
    SortedSet<MonthId> months = new TreeSet<>();
    catalog
        .entries()
        .forEach(
            (month, entry) -> {
              boolean holdsRecords =
                  month.kind() == MonthId.Kind.TRAFFIC
                      || month.kind() != MonthId.Kind.YEAR && entry.stage() != Stage.MAKING;
              if (holdsRecords && entry.stage().owner() != Stage.Owner.NONE) {
                months.add(month);
              }
            });
    return months;
  }

  @Override
  public boolean notesChanges(MonthId month) {
    return catalog.notesChanges(month);
  }

  /** What is open now, for figures; any of it may be closed meanwhile, and then refuses. */
  public List<Month> open() {
    return slots.values().stream().flatMap(slot -> slot.open().stream()).toList();
  }

  @Override
  public int trim() {
    int surplus = slots.values().stream().mapToInt(Slot::openCount).sum() - maxOpen;
    if (surplus <= 0) {
      return 0;
    }
    List<Unused> unused = new ArrayList<>();
    for (Slot slot : slots.values()) {
      for (Stage.Owner owner : List.of(Stage.Owner.LIVE, Stage.Owner.ARCHIVE)) {
        long since = slot.unusedSince(owner);
        if (since >= 0) {
          unused.add(new Unused(slot, owner, since));
        }
      }
    }
    unused.sort(Comparator.comparingLong(Unused::since));
    int trimmed = 0;
    for (Unused one : unused.subList(0, Math.min(surplus, unused.size()))) {
      trimmed += one.slot.close(one.owner) ? 1 : 0;
    }
    return trimmed;
  }

  @Override
  public void close() {
    closed = true;
    slots.values().forEach(Slot::closeAll);
  }

  /** An open month that nobody holds. */
  private record Unused(Slot slot, Stage.Owner owner, long since) {}
}
