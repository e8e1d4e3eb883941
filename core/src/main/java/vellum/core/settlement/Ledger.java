package vellum.core.settlement;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.function.Supplier;
import vellum.core.apply.ChangeSink;
import vellum.core.apply.RowChange;
import vellum.core.apply.TakenAspects;
import vellum.core.billing.CellMap;
import vellum.core.billing.Closings;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.billing.Posting.Reason;
import vellum.core.billing.RunName;
import vellum.core.period.MonthBatch;
import vellum.core.record.AspectKind;
import vellum.core.record.UtcOffset;

/**
 * Posts what messages change of periods that were closed before they came, and what they change of
 * money that was rated before: with the record, in one batch, or not at all. What it decides
 * follows from a message's journal sequence and the closings up to it, so a replay posts the same
 * under the same keys. What comes for days that nobody ever closed costs a comparison. For the
 * applier's thread.
 */
public final class Ledger implements ChangeSink {

  private static final long DAY_SECONDS = 24 * 3600;

  private final Supplier<Closings> closings;
  private final RunReader runs = new RunReader();

  /**
   * @param closings as they are now; they change only while the applier stands between two batches
   */
  public Ledger(Supplier<Closings> closings) {
    this.closings = closings;
  }

  @Override
  public void changed(RowChange change, MonthBatch batch) {
    Closings closed = closings.get();
    long earliest = Math.floorDiv(change.second() - UtcOffset.WIDEST_SECONDS, DAY_SECONDS);
    boolean mayBeLate = closed.mayTouch((int) earliest);
    if (mayBeLate || !change.isNew() && replacesMoney(change.aspects())) {
      post(change, batch, closed);
    }
  }

  private static boolean replacesMoney(TakenAspects aspects) {
    for (int i = 0; i < aspects.size(); i++) {
      boolean hasMoney = aspects.kind(i) == AspectKind.RATING || aspects.kind(i) == AspectKind.LEG;
      if (hasMoney && aspects.versionBefore(i) != TakenAspects.NONE) {
        return true;
      }
    }
    return false;
  }

  private void post(RowChange change, MonthBatch batch, Closings closed) {
    CellMap cells = change.cells();
    int number = 0;
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.isZero(i)) {
        int from = cells.keyOffset(i);
        byte[] cell = Arrays.copyOfRange(cells.keys(), from, from + cells.keyLength(i));
        Measures delta = new Measures();
        cells.measures(i, delta);
        post(change, batch, closed, new Moved(cell, delta, number++));
      }
    }
  }

  /** A cell that a message moved, and which one of them it is. */
  private record Moved(byte[] cell, Measures delta, int number) {}

  private void post(RowChange change, MonthBatch batch, Closings closed, Moved moved) {
    Party party = Party.ofCell(moved.cell, 0);
    YearMonth of = Closings.periodOf(Party.dayOfCell(moved.cell, 0));
    Posting.Cause cause = cause(change, party.cube());
    boolean isLate = closed.wasClosed(party, of, change.sequence());
    boolean isReplaced =
        switch (cause.reason()) {
          case RATING_CHANGED, RERATED, LEG_CHANGED -> true;
          default -> false;
        };
    if (!isLate && !(isReplaced && !moved.delta.amount().isZero())) {
      return;
    }
    int from = change.keyOffset();
    batch.post(
        new Posting(
            isLate ? Posting.Kind.ADJUSTMENT : Posting.Kind.CHANGE,
            party,
            isLate ? closed.firstOpen(party, of, change.sequence()) : of,
            of,
            new Posting.Origin(change.sequence(), change.place(), moved.number),
            cause,
            Arrays.copyOfRange(change.key(), from, from + change.keyLength()),
            moved.cell,
            moved.delta));
  }

  /** Why a cell of a cube changes: by the aspect of the message that has most to do with it. */
  private Posting.Cause cause(RowChange change, Cube cube) {
    TakenAspects aspects = change.aspects();
    int best = -1;
    for (int i = 0; i < aspects.size(); i++) {
      if (best < 0 || weight(aspects.kind(i), cube) > weight(aspects.kind(best), cube)) {
        best = i;
      }
    }
    if (best < 0) {
      return new Posting.Cause(Reason.LATE_RECORD, null, 0, 0);
    }
    AspectKind kind = aspects.kind(best);
    boolean isReplaced = aspects.versionBefore(best) != TakenAspects.NONE;
    Reason reason = change.isNew() ? Reason.LATE_RECORD : reason(kind, isReplaced);
    if (reason == Reason.RATING_CHANGED) {
      long run = runs.runOf(change);
      if (run != RunName.NONE) {
        return new Posting.Cause(Reason.RERATED, kind, 0, aspects.version(best), run);
      }
    }
    return new Posting.Cause(reason, kind, aspects.leg(best), aspects.version(best));
  }

  private static int weight(AspectKind kind, Cube cube) {
    return switch (kind) {
      case LEG -> cube == Cube.COST ? 4 : 0;
      case RATING -> 3;
      case DELIVERY -> 2;
      case SUBMISSION, USAGE -> 1;
    };
  }

  private static Reason reason(AspectKind kind, boolean isReplaced) {
    return switch (kind) {
      case RATING -> isReplaced ? Reason.RATING_CHANGED : Reason.LATE_RATING;
      case DELIVERY -> isReplaced ? Reason.STATUS_CHANGED : Reason.LATE_STATUS;
      case LEG -> isReplaced ? Reason.LEG_CHANGED : Reason.LATE_LEG;
      case SUBMISSION, USAGE -> isReplaced ? Reason.SUBMISSION_CHANGED : Reason.LATE_SUBMISSION;
    };
  }
}
