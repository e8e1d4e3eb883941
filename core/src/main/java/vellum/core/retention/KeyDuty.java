package vellum.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.period.Catalog;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.store.StoreException;

/**
 * Destroys the key of every period whose deadline has come, all of them before anything is
 * rewritten. The key waits for nothing: on a full disk the stage follows later, and batches that it
 * sealed and that are on their way to the journal are waited for when it is drained. What has begun
 * to end ends, whatever a later policy says. For one thread.
 *
 * <p>Every month is prepared for its end from a week before it on, whether anything of it is held
 * or not, so that its stage tells nobody. A hold that is still being copied at the deadline keeps
 * the key for at most an hour (design section 2); then it dies all the same.
 */
final class KeyDuty {

  /** How long a hold that is being copied may keep a key past the deadline. */
  static final Duration HOLD_GRACE = Duration.ofHours(1);

  /** How long before the deadline a hold begins to be copied. */
  static final Duration HOLD_LEAD = Duration.ofDays(7);

  private final RetentionSetup setup;
  private final Blocks blocks;

  /** Months whose keys are refused, and not off the disk yet. */
  private final Set<MonthId> onDisk = new HashSet<>();

  /** When this process looked first: what fell due while none ran has its hour from then on. */
  private @Nullable Instant first;

  KeyDuty(RetentionSetup setup, Blocks blocks) {
    this.setup = setup;
    this.blocks = blocks;
  }

  /** Ends all keys that are due; returns how many periods went on. */
  int doWork(Instant now) {
    int done = 0;
    first = first == null ? now : first;
    for (MonthId month : candidates()) {
      Instant deadline = setup.calendar().identityDeadline(month);
      boolean ended = onDisk.contains(month) || setup.keys().destroyed(month);
      if (now.isBefore(deadline) && !ended) {
        startCopying(month, deadline, now);
      } else if (ended ? blocks.mayTry(month) : mayEnd(month, deadline, now)) {
        done += end(month, now);
      }
    }
    return done;
  }

  /** Periods whose keys live or are still on the disk, and months whose stage says so. */
  private SortedSet<MonthId> candidates() {
    SortedSet<MonthId> candidates = new TreeSet<>(setup.keys().alive());
    candidates.addAll(onDisk);
    setup
        .catalog()
        .entries()
        .forEach(
            (month, entry) -> {
              if (month.kind() == MonthId.Kind.TRAFFIC
                  && entry.stage().compareTo(Stage.KEY_DESTROYED) < 0
                  && !isEmptyAndEnded(month, entry)) {
                candidates.add(month);
              }
            });
    candidates.removeIf(month -> month.kind() == MonthId.Kind.YEAR || month.isOfCase());
    return candidates;
  }

  /** A month that is named and not made: its stage follows with its first record. */
  private boolean isEmptyAndEnded(MonthId month, Catalog.Entry entry) {
    return entry.stage() == Stage.MAKING && setup.keys().destroyed(month);
  }

  private void startCopying(MonthId month, Instant deadline, Instant now) {
    if (month.kind() == MonthId.Kind.TRAFFIC
        && stage(month).filter(Stage.LIVE::equals).isPresent()
        && !now.isBefore(deadline.minus(HOLD_LEAD))) {
      tryMove(month, new Catalog.Entry(Stage.COPYING_HOLDS, now, 0), Optional.empty());
    }
  }

  private boolean mayEnd(MonthId month, Instant deadline, Instant now) {
    Instant seen = first;
    Instant due = seen == null || seen.isBefore(deadline) ? deadline : seen;
    Instant last = due.plus(HOLD_GRACE);
    if (month.kind() != MonthId.Kind.TRAFFIC
        || !now.isBefore(last)
        || setup.holds().copied(month, deadline)) {
      return true;
    }
    startCopying(month, deadline, now);
    blocks.waits(
        month, "the month's end is being prepared; its key dies at " + last + " at the latest");
    return false;
  }

  private int end(MonthId month, Instant now) {
    if (month.kind() == MonthId.Kind.TRAFFIC) {
      setup.holds().close(month);
      advance(month, Stage.SEALING_STOPPED, now);
    }
    try {
      setup.keys().destroy(month, now);
      onDisk.remove(month);
    } catch (CryptoException.KeyStorageFailed notOffTheDisk) {
      // In memory it is refused already; what is on the disk is tried again.
      onDisk.add(month);
      blocks.failedForNow(month, Blocks.reason(notOffTheDisk));
      return 0;
    }
    return month.kind() == MonthId.Kind.TRAFFIC ? noteEnd(month, now) : 1;
  }

  /** Brings a period that is made to a stage, if it has not come so far. */
  private void advance(MonthId month, Stage next, Instant now) {
    Optional<Stage> stage = stage(month);
    if (stage.isPresent() && stage.get() != Stage.MAKING && stage.get().compareTo(next) < 0) {
      tryMove(month, new Catalog.Entry(next, now, 0), Optional.empty());
    }
  }

  private int noteEnd(MonthId month, Instant now) {
    Optional<Stage> stage = stage(month);
    if (stage.isEmpty() || stage.get() == Stage.MAKING) {
      // Its first records are in the journal still: they make it live, then it is noted.
      return 0;
    }
    Instant end = setup.keys().destruction(month).orElseThrow().at();
    PolicyHistory.Due due = setup.policies().due(calendar -> calendar.identityDeadline(month), end);
    Evidence evidence =
        Evidence.begin(ErasureCertificate.Kind.STRIP, month.toString(), due.version(), due.at())
            .with(keyEnd(month));
    long position = setup.journal().appended();
    boolean moved =
        tryMove(
            month, new Catalog.Entry(Stage.KEY_DESTROYED, now, position), Optional.of(evidence));
    if (moved) {
      blocks.clear(month);
    }
    return moved ? 1 : 0;
  }

  private Evidence.KeyEnd keyEnd(MonthId month) {
    KeyRing.Destroyed end = setup.keys().destruction(month).orElseThrow();
    return new Evidence.KeyEnd(end.key(), end.at().toString());
  }

  private Optional<Stage> stage(MonthId month) {
    return setup.catalog().entry(month).map(Catalog.Entry::stage);
  }

  private boolean tryMove(MonthId month, Catalog.Entry next, Optional<Evidence> evidence) {
    try {
      setup
          .catalog()
          .move(
              month,
              next,
              batch -> evidence.ifPresent(what -> EvidenceStore.put(batch, month, what)));
      return true;
    } catch (StoreException failure) {
      blocks.failedForNow(month, "the catalog cannot be written: " + Blocks.reason(failure));
      return false;
    }
  }
}
