package vellum.ingest.metrics;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.apply.ApplyProgress;
import vellum.core.journal.JournalStats;
import vellum.core.log.Event;
import vellum.core.period.Catalog;
import vellum.core.period.Month;
import vellum.core.period.MonthState;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.ingest.api.Reason;

/**
 * Looks at the parts of a node, so that whoever asks for figures waits for none of them. A month
 * that is closed is not opened for it: what it had when it was last open counts. {@link #run} is
 * for one thread at a time, {@link #last} for any.
 */
public final class Sampler implements Runnable {

  /** Time between two looks at what takes longer: the directories of all periods. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** Closed months that a sample may open, as long as it is not known what is in them. */
  private static final int MOST_OPENED = 1;

  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

  private final MetricsPorts ports;
  private final LagClock lagClock = new LagClock();
  private final Outcomes outcomes = new Outcomes();
  private final SuspendedCount suspended = new SuspendedCount(this::suspendedOfClosed);
  private final ApplyProgress first;
  private PeriodFigures.Ends ends;
  private long endsNanos;
  private boolean troubled;
  private final AtomicLong faults = new AtomicLong();
  private final Supplier<Sample> source = this::lastSample;
  private volatile Sample last;

  /** Takes the first sample at once, of what is open. */
  public Sampler(MetricsPorts ports) {
    this.ports = ports;
    this.first = ports.applied().get();
    this.endsNanos = ports.nanos().getAsLong();
    this.ends = PeriodFigures.Ends.of(ports.retention().get());
    this.last = sample(0);
  }

  /** The last sample, whenever it is asked; alive as long as this. */
  Supplier<Sample> last() {
    return source;
  }

  private Sample lastSample() {
    return last;
  }

  long faults() {
    return faults.get();
  }

  /** Takes a sample; after a failure the last one stands. */
  @Override
  public void run() {
    try {
      if (ports.nanos().getAsLong() - endsNanos >= SLOW_NANOS) {
        endsNanos = ports.nanos().getAsLong();
        ends = PeriodFigures.Ends.of(ports.retention().get());
      }
      last = sample(MOST_OPENED);
      troubled = false;
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void failed(RuntimeException e) {
    faults.incrementAndGet();
    if (!troubled) {
      troubled = true;
      StackTraceElement[] trace = e.getStackTrace();
      LOG.warn(
          Event.METRICS_FAULT.code(),
          "no figures by {} at {}",
          e.getClass().getName(),
          trace.length == 0 ? "unknown place" : trace[0]);
    }
  }

  private Sample sample(int mostOpened) {
    JournalStats journal = ports.journal().get();
    ApplyProgress applied = ports.applied().get();
    Map<MonthId, Catalog.Entry> periods = ports.catalog().entries();
    Map<MonthId, Stage.Owner> owners = owners(periods);
    Map<MonthId, MonthState> states = new TreeMap<>();
    owners.keySet().forEach(id -> ports.months().state(id).ifPresent(is -> states.put(id, is)));
    List<Month> open = ports.months().open();
    return new Sample(
        journal,
        applied,
        lag(journal, applied),
        outcomes.add(states, owners),
        states.values().stream().mapToLong(MonthState::records).sum(),
        suspended.sum(owners, open, mostOpened),
        StoreFigures.of(ports.control(), open),
        ports.cachedBytes().getAsLong(),
        PeriodFigures.stages(periods),
        PeriodFigures.identities(ports.keys().alive(), ports.calendar(), ports.wall().instant()),
        ends,
        reasons(),
        ports.reserveBytes().getAsLong(),
        ports.freeBytes().getAsLong(),
        certificateSeconds(),
        ports.audit().get());
  }

  private double certificateSeconds() {
    return ports
        .certificateEnd()
        .get()
        .map(end -> PeriodFigures.seconds(Duration.between(ports.wall().instant(), end)))
        .orElse(Double.NaN);
  }

  /** The periods that have rows, and who answers for them. */
  private static Map<MonthId, Stage.Owner> owners(Map<MonthId, Catalog.Entry> periods) {
    Map<MonthId, Stage.Owner> owners = new TreeMap<>();
    periods.forEach(
        (month, entry) -> {
          Stage.Owner owner = entry.stage().owner();
          boolean hasRows = entry.stage() != Stage.MAKING && owner != Stage.Owner.NONE;
          if (hasRows && month.kind() != MonthId.Kind.YEAR) {
            owners.put(month, owner);
          }
        });
    return owners;
  }

  private Sample.Lag lag(JournalStats journal, ApplyProgress applied) {
    long entries = Math.max(0, journal.forced() - applied.sequence());
    long read = applied.sequence() - first.sequence();
    long messages = applied.messages() - first.messages();
    long inEach = read <= 0 ? 1 : Math.max(1, messages / read);
    long nanos =
        lagClock.behindNanos(journal.forced(), applied.sequence(), ports.nanos().getAsLong());
    return new Sample.Lag(entries, entries * inEach, nanos / 1e9);
  }

  private long suspendedOfClosed(MonthId id) {
    Optional<RecordStore.Hold> hold = ports.months().holdExisting(id);
    try {
      return hold.map(held -> held.month().suspended()).orElse(0L);
    } finally {
      hold.ifPresent(RecordStore.Hold::close);
    }
  }

  private Set<Reason.Code> reasons() {
    Set<Reason.Code> codes = EnumSet.noneOf(Reason.Code.class);
    ports.reasons().get().forEach(reason -> codes.add(reason.code()));
    return codes;
  }
}
