package vellum.core.retention;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.period.Catalog;
import vellum.core.period.MonthState;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/**
 * Retention's one worker. In each call of {@link #doWork}, in this order:
 *
 * <ol>
 *   <li>the clock guard looks at the clocks; while they are not trusted, nothing more falls due;
 *   <li>the key of every period that is due is destroyed;
 *   <li>one month takes one step towards its archive, of some 20 ms at most while it is rewritten;
 *   <li>one period that is over takes one step towards its removal.
 * </ol>
 *
 * <p>So no key outlives its deadline by more than a step, whatever is being rewritten. {@link
 * #doWork} and {@link #close} are for one thread, {@link #status} is for any.
 */
public final class RetentionWorker implements AutoCloseable {

  /** Time after a key's end in which the identities are to be off the disk. */
  private static final Duration OFF_THE_DISK = Duration.ofHours(1);

  private final RetentionSetup setup;
  private final Blocks blocks;
  private final KeyDuty keyDuty;
  private final MonthStrip strip;
  private final Expiry expiry;

  /** The month that is being rewritten and how far, for {@link #status}. */
  private volatile Map<MonthId, Double> progress = Map.of();

  public RetentionWorker(RetentionSetup setup) {
    this.setup = setup;
    this.blocks = new Blocks(setup.nanoClock());
    this.keyDuty = new KeyDuty(setup, blocks);
    this.strip = new MonthStrip(setup, blocks);
    this.expiry = new Expiry(setup, blocks);
  }

  /** Does what is due, up to a bound; returns how many steps that were. */
  public int doWork() {
    setup.clock().tick();
    Instant now = setup.clock().erasureNow();
    int done = keyDuty.doWork(now);
    done += strip.doWork(now);
    progress = strip.progress();
    return done + expiry.doWork(now);
  }

  /** Where every period is. Opens months to count their records. */
  public RetentionStatus status() {
    Clocks clocks = new Clocks(setup.clock().erasureNow(), setup.clock().state());
    List<RetentionStatus.Period> periods = new ArrayList<>();
    setup.catalog().entries().forEach((month, entry) -> periods.add(period(month, entry, clocks)));
    return new RetentionStatus(clocks.now, clocks.state, setup.space().reservedBytes(), periods);
  }

  /**
   * What the clocks say.
   *
   * @param now by the clock that erases; it may stand still
   */
  private record Clocks(Instant now, ClockState state) {

    /** What is late by either clock is late: nobody knows yet which is wrong. */
    Instant latest() {
      return state.wall().isAfter(now) ? state.wall() : now;
    }
  }

  private RetentionStatus.Period period(MonthId month, Catalog.Entry entry, Clocks clocks) {
    Instant deadline = setup.calendar().identityDeadline(month);
    Instant removal = setup.calendar().removal(month);
    Blocks.Block block = blocks.of(month);
    Stage.Owner owner = entry.stage().owner();
    Path directory = setup.months().directories().of(month, owner);
    return new RetentionStatus.Period(
        month,
        entry.stage(),
        entry.since(),
        records(month, entry),
        owner == Stage.Owner.NONE ? 0 : FileList.bytes(directory),
        deadline,
        removal,
        isOverdue(month, entry.stage(), clocks.latest()),
        blocked(month, entry.stage(), block, clocks),
        block != null && block.failed(),
        progress.getOrDefault(month, -1.0));
  }

  private boolean isOverdue(MonthId month, Stage stage, Instant now) {
    Instant deadline = setup.calendar().identityDeadline(month);
    boolean onDisk = stage.compareTo(Stage.REMOVED) < 0 && now.isAfter(deadline.plus(OFF_THE_DISK));
    return onDisk || isReadable(month, now) || isThere(month, stage, now);
  }

  /** Whether a key lives past its deadline. */
  private boolean isReadable(MonthId month, Instant now) {
    Instant deadline = setup.calendar().identityDeadline(month);
    return now.isAfter(deadline.plusSeconds(5)) && setup.keys().existing(month).isPresent();
  }

  /** Whether a period is there past its removal. */
  private boolean isThere(MonthId month, Stage stage, Instant now) {
    Instant removal = setup.calendar().removal(month);
    return stage.compareTo(Stage.EXPIRED) < 0 && now.isAfter(removal.plus(OFF_THE_DISK));
  }

  private @Nullable String blocked(
      MonthId month, Stage stage, Blocks.@Nullable Block block, Clocks clocks) {
    boolean keyWaits = isReadable(month, clocks.latest()) && !isReadable(month, clocks.now);
    boolean removalWaits =
        isThere(month, stage, clocks.latest()) && !isThere(month, stage, clocks.now);
    if (!clocks.state.isTrusted() && (keyWaits || removalWaits)) {
      return clocks.state.text();
    }
    return block == null ? null : block.reason();
  }

  private long records(MonthId month, Catalog.Entry entry) {
    if (entry.stage() == Stage.MAKING || entry.stage().owner() == Stage.Owner.NONE) {
      return 0;
    }
    return month.kind() == MonthId.Kind.SUSPENSE
        ? suspended(month)
        : setup.months().state(month).map(MonthState::records).orElse(0L);
  }

  private long suspended(MonthId month) {
    Optional<RecordStore.Hold> hold = setup.months().holdExisting(month);
    try {
      return hold.map(open -> open.month().suspended()).orElse(0L);
    } finally {
      hold.ifPresent(RecordStore.Hold::close);
    }
  }

  /** Stops what is under way; it goes on, or is begun anew, at the next start. */
  @Override
  public void close() {
    strip.close();
  }
}
