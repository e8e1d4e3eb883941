package vellum.core.apply;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongConsumer;
import vellum.core.billing.Cube;
import vellum.core.period.Catalog;
import vellum.core.period.MonthState;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/**
 * The moment at which a month's archive takes over: run by the applier's thread {@linkplain
 * Applier#between between two batches}, so that no message comes in between. Copies the changes
 * that are left, compares counts, gives the archive the live month's state at this position, makes
 * both durable, compares their cells one by one, and only then moves the month to SWITCHED in the
 * catalog: up to there, a failure leaves the live month its owner, and the switch can be tried
 * again. Most changes should be copied before, since nothing is applied meanwhile.
 */
public final class Switch implements LongConsumer {

  private static final int STEP = 4096;

  private final MonthId month;
  private final ChangeCopy changes;
  private final Catalog catalog;
  private final InstantSource clock;

  /**
   * @param changes of the month, copied nearly to the end
   */
  public Switch(MonthId month, ChangeCopy changes, Catalog catalog, InstantSource clock) {
    this.month = month;
    this.changes = changes;
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * Switches.
   *
   * @param position journal sequence up to which all is applied
   * @throws ApplyException.ArchiveDiffers when the archive does not have the live month's records
   * @throws ApplyException.CellsDiffer when they do not come to the same
   */
  @Override
  public void accept(long position) {
    while (changes.copy(STEP) > 0) {
      // Until none is left; no new ones come while the applier stands.
    }
    MonthState state = changes.live().state();
    long archived = changes.archive().state().records();
    if (archived != state.records()) {
      throw new ApplyException.ArchiveDiffers(month, state.records(), archived);
    }
    changes.live().flush();
    changes.archive().take(changes.archive().batch(), state.at(position));
    changes.archive().flush();
    Optional<Cube> differing = changes.archive().differsFrom(changes.live());
    if (differing.isPresent()) {
      throw new ApplyException.CellsDiffer(month, differing.get());
    }
    catalog.move(month, new Catalog.Entry(Stage.SWITCHED, clock.instant(), position), batch -> {});
  }
}
