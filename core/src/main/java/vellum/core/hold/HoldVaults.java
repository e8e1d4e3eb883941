package vellum.core.hold;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.period.Catalog;
import vellum.core.period.LiveMonth;
import vellum.core.period.MonthState;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.retention.Holds;
import vellum.core.retention.VaultEnd;
import vellum.core.seal.HeldScope;
import vellum.core.store.Table;

/**
 * What holds keep: made, filled out of the live months, asked before a month's key dies, and ended.
 * It knows vaults and scopes, and nothing of the cases that they belong to.
 *
 * <p>What a hold keeps of a month is copied when the hold begins. An ongoing one looks again when
 * the month's end is near, from which moment on everything that comes goes into its vault by
 * itself, and once more shortly before the end. So all of it is there when the key dies, whatever
 * the last pass still has to do.
 *
 * <p>{@link #copied}, {@link #close}, {@link #records} and {@link #isHeld} are safe from any
 * thread, the rest is for one.
 */
public final class HoldVaults implements Holds, HeldRecords {

  /** How far months are copied, in the control store. */
  public static final Table TABLE = CopyRows.TABLE;

  /** How long before a month's end the last pass begins. */
  static final Duration LAST_LOOK = Duration.ofHours(1);

  private final VaultParts parts;
  private final CopyRows rows;
  private final Map<String, CopyPass> passes = new HashMap<>();

  /** Months whose keys die. */
  private final Set<MonthId> closed = ConcurrentHashMap.newKeySet();

  public HoldVaults(VaultParts parts) {
    this.parts = parts;
    this.rows = new CopyRows(parts.control());
  }

  /**
   * Makes a vault and its key, and plans what is to be copied into it: all months that have a key
   * now and whose deadline had not come when the hold began. Again does nothing.
   */
  @Override
  public void make(MonthId vault) {
    parts.keys().key(vault);
    parts.vaults().periods().make(vault);
    Instant since = since(vault).orElseGet(parts.clock()::instant);
    List<MonthId> live =
        parts.months().periods().months().stream()
            .filter(month -> isAlive(month) && since.isBefore(deadline(month)))
            .toList();
    rows.plan(vault, live);
  }

  /** When a hold that is not over was accepted, or began if that was later. */
  private Optional<Instant> since(MonthId vault) {
    return parts.placed().placed().stream()
        .filter(hold -> hold.vault().equals(vault))
        .map(PlacedHolds.Placed::since)
        .findFirst();
  }

  /** Accepted holds that may mean something of a month, and whose vaults are still to be made. */
  private Stream<PlacedHolds.Placed> unplanned(MonthId month) {
    Instant start = parts.calendar().start(month);
    Instant end = parts.calendar().end(month);
    return parts.placed().placed().stream()
        .filter(hold -> !rows.isPlanned(hold.vault()) && hold.overlaps(start, end));
  }

  private boolean isAlive(MonthId month) {
    return month.kind() == MonthId.Kind.TRAFFIC
        && parts.months().list().isSealing(month)
        && parts.keys().existing(month).isPresent();
  }

  private Instant deadline(MonthId month) {
    return parts.calendar().identityDeadline(month);
  }

  /**
   * Copies some of what a hold is about out of the months that were there when its vault was made.
   * Months whose keys died before are left out.
   *
   * @throws IllegalStateException when it was not made: nothing would be done at once, and missing
   */
  @Override
  public Progress copy(VaultScope scope) {
    if (!rows.isPlanned(scope.vault())) {
      throw new IllegalStateException("a vault was not made before it is filled");
    }
    Progress progress = Progress.DONE;
    for (CopyRow row : rows.of(scope.vault())) {
      if (row.level() == 0 && !row.ended()) {
        if (!isIn(scope, row.month())) {
          rows.remove(row);
        } else if (step(scope, row, CopyRow.PLACED)) {
          return Progress.MOVED;
        } else {
          progress = Progress.WAITS;
        }
      }
    }
    return progress;
  }

  private boolean isIn(HeldScope scope, MonthId month) {
    return scope instanceof VaultScope known
        && known.overlaps(parts.calendar().start(month), parts.calendar().end(month));
  }

  /** Takes a step of a pass; false when it waits. */
  private boolean step(VaultScope scope, CopyRow row, int target) {
    CopyPass pass = passes.get(row.name());
    if (pass == null) {
      boolean isResumed = row.target() > row.level();
      pass = new CopyPass(parts, rows, scope, isResumed ? row : row.towards(target));
      passes.put(row.name(), pass);
    }
    if (closed.contains(row.month())) {
      passes.remove(row.name());
      rows.put(pass.row().cut());
      return true;
    }
    try {
      boolean stepped = pass.step();
      if (pass.isOver()) {
        passes.remove(row.name());
      }
      return stepped;
    } catch (RuntimeException e) {
      // It goes on from what is durable.
      passes.remove(row.name());
      throw e;
    }
  }

  /** The pass that ongoing holds must have done of a month that ends soon. */
  private int wanted(MonthId month) {
    Instant last = deadline(month).minus(LAST_LOOK);
    return parts.clock().instant().isBefore(last) ? CopyRow.LATE : CopyRow.LAST;
  }

  /** Takes a step for the ongoing holds of months that end soon; returns 1, or 0 when none can. */
  public int doWork() {
    for (HeldScope scope : parts.active().active()) {
      for (MonthId month : parts.months().periods().months()) {
        CopyRow row = parts.months().list().isCopyingHolds(month) ? due(scope, month) : null;
        if (row != null && step((VaultScope) scope, row, wanted(month))) {
          return 1;
        }
      }
    }
    return 0;
  }

  /** The row of a month that ends soon and that an ongoing hold has to look at, or null. */
  private @Nullable CopyRow due(HeldScope scope, MonthId month) {
    if (!isAlive(month)
        || !isIn(scope, month)
        || closed.contains(month)
        || !isInTime(scope.vault(), deadline(month))) {
      return null;
    }
    int wanted = wanted(month);
    CopyRow row = rows.find(scope.vault(), month);
    if (row == null) {
      row = CopyRow.planned(scope.vault(), month).towards(wanted);
    }
    return row.level() < wanted && !row.ended() ? row : null;
  }

  private boolean isInTime(MonthId vault, Instant deadline) {
    Optional<Catalog.Entry> entry = parts.vaults().list().entry(vault);
    return entry.isPresent()
        && since(vault).orElse(entry.get().since()).isBefore(deadline)
        && entry.get().stage().owner() == Stage.Owner.LIVE;
  }

  @Override
  public boolean copied(MonthId month, Instant deadline) {
    // First these: one that is planned meanwhile has its rows when they are looked at.
    if (unplanned(month).anyMatch(hold -> hold.since().isBefore(deadline))) {
      return false;
    }
    for (CopyRow row : rows.all()) {
      if (row.month().equals(month)
          && row.level() == 0
          && !row.ended()
          && isInTime(row.vault(), deadline)) {
        return false;
      }
    }
    return parts.active().active().stream().allMatch(scope -> due(scope, month) == null);
  }

  @Override
  public void close(MonthId month) {
    closed.add(month);
  }

  /** Months of which a hold does not have all: their keys died before it was copied. */
  public List<MonthId> missed(MonthId vault) {
    return rows.of(vault).stream().filter(CopyRow::ended).map(CopyRow::month).toList();
  }

  /** Whether a hold that has begun is still to get what is there of a month. */
  boolean isBeingFilled(MonthId month) {
    return unplanned(month).findAny().isPresent()
        || rows.all().stream()
            .anyMatch(row -> row.month().equals(month) && row.level() == 0 && !row.ended());
  }

  /** Records that a vault has, as far as they are applied. */
  @Override
  public long records(MonthId vault) {
    return parts.vaults().periods().state(vault).map(MonthState::records).orElse(0L);
  }

  /** Whether any hold keeps the record of a key. */
  public boolean isHeld(byte[] recordKey) {
    for (MonthId vault : parts.vaults().periods().months()) {
      Optional<RecordStore.Hold> hold = parts.vaults().periods().holdExisting(vault);
      if (hold.isPresent()) {
        try (RecordStore.Hold open = hold.get()) {
          if (open.month() instanceof LiveMonth live && live.row(recordKey).isPresent()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * Takes a step towards the end of a vault, or waits: nothing goes into it any more, its key is
   * destroyed, its directory and what the journal has of it are gone. Its scope is not active any
   * more.
   *
   * @param at when the hold ended
   * @return how it ended, once it has; the same whenever it is asked again
   */
  @Override
  public Optional<VaultEnd.Gone> destroy(MonthId vault, Instant at) {
    passes.keySet().removeIf(name -> name.startsWith(vault + " "));
    rows.forget(vault);
    return parts.end().step(vault, at);
  }
}
