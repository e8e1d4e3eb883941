package vellum.core.period;

import java.util.Optional;
import java.util.SortedSet;
import vellum.core.record.MonthId;

/**
 * The periods of traffic, live and archived, of usage and of content, as the applier writes them
 * and readers read them: the port behind which a cluster may stand in place of one machine's
 * directories. Thread-safe.
 */
public interface RecordStore extends AutoCloseable {

  /**
   * A month as its owner has it now, made when it is not there; to be closed. Whoever holds it goes
   * on with this owner, even when the month is given to another meanwhile.
   *
   * @throws PeriodException.Gone when the month has expired
   */
  Hold hold(MonthId month);

  /** A month as its owner has it now, if there is one; to be closed. */
  Optional<Hold> holdExisting(MonthId month);

  /** The months that have an owner. */
  SortedSet<MonthId> months();

  /** Whether what changes in a live month now is to be noted for its archive; cheap. */
  boolean notesChanges(MonthId month);

  /** Closes months that nobody holds, the longest unused first, while too many are open. */
  int trim();

  @Override
  void close();

  /** The right to use a month: while it is held, the month stays open. */
  interface Hold extends AutoCloseable {

    Month month();

    @Override
    void close();
  }
}
