package vellum.core.period;

import java.util.Optional;
import java.util.SortedSet;
import vellum.core.record.MonthId;

/**
 * The live months, as the applier writes them and readers read them: the port behind which a
 * cluster may stand in place of one machine's directories. Thread-safe.
 */
public interface RecordStore extends AutoCloseable {

  /** A live month, made when it is not there; to be closed. */
  Hold hold(MonthId month);

  /** A live month, if there is one; to be closed. */
  Optional<Hold> holdExisting(MonthId month);

  /** The live months. */
  SortedSet<MonthId> months();

  /** Closes months that nobody holds, the longest unused first, while too many are open. */
  int trim();

  @Override
  void close();

  /** The right to use a month: while it is held, the month stays open. */
  interface Hold extends AutoCloseable {

    LiveMonth month();

    @Override
    void close();
  }
}
