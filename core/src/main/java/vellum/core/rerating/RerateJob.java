package vellum.core.rerating;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.OwnStream;
import vellum.core.journal.OwnStreamException;
import vellum.core.period.FoundRecord;
import vellum.core.seal.NewRating;

/**
 * One re-rating, in steps of a page of records: reads all of them to see what changes, then again
 * to write it. What is written is noted before, so that a run that was broken off goes on with that
 * page: what of it was applied has its price already, and the rest is written again. For one
 * thread; {@link #run} is safe from any.
 */
final class RerateJob {

  private final RerateParts parts;
  private final RatedRow row = new RatedRow();
  private final SuspendedRatings suspended = new SuspendedRatings();
  private final Pricing pricing;
  private final Tally tally = new Tally();
  private final long target;

  /** Whether the page at hand was counted when it was written before. */
  private boolean isCounted;

  private ScopeReader reader;
  private long records;
  private @Nullable Batch batch;
  private @Nullable CompletableFuture<OwnStream.Written> sent;
  private long lastSequence;
  private volatile RerateRun run;

  /** What is to be written of a page. */
  private record Batch(List<Repriced> records, RerateRun.Applied applied) {}

  /**
   * @param run as it begins, or as it was broken off
   * @param resumed the last step of a run that was broken off, or null
   */
  RerateJob(RerateParts parts, RerateRun run, RateTable rates, RunStore.@Nullable Step resumed) {
    this.parts = parts;
    this.run = run;
    this.pricing = new Pricing(rates);
    this.target = parts.acknowledged().getAsLong();
    this.isCounted = resumed != null;
    this.reader = reader(resumed == null ? Cursor.START : resumed.from());
  }

  private ScopeReader reader(Cursor from) {
    return new ScopeReader(parts.finder(), parts.store(), parts.calendar(), run.scope(), from);
  }

  /** How it is. */
  RerateRun run() {
    return run;
  }

  /** Does a step; returns 0 when there was something to wait for. */
  int step() {
    return switch (run.state()) {
      case WAITING -> await();
      case CHECKING -> check();
      case APPLYING -> apply();
      case SETTLING -> settle();
      case DONE, FAILED, INTERRUPTED -> 0;
    };
  }

  /** Ends it; what was written stays, and the same run goes on behind it. */
  void fail(String why) {
    long written = run.applied().records();
    String more =
        run.state() == RerateRun.State.APPLYING && written > 0
            ? "; " + written + " records have their new price, the same run goes on behind them"
            : "; nothing was changed";
    run = run.ended(RerateRun.State.FAILED, parts.clock().instant(), why + more);
  }

  private int await() {
    if (parts.applied().getAsLong() < target) {
      return 0;
    }
    boolean resumes = run.report().hasRecords();
    to(resumes ? RerateRun.State.APPLYING : RerateRun.State.CHECKING);
    return 1;
  }

  private void to(RerateRun.State state) {
    run = run.at(state, reader.progress(records), run.applied(), "");
  }

  private int check() {
    if (reader.isEnd()) {
      checked();
      return 1;
    }
    List<FoundRecord> page = reader.read();
    try (PageHolds holds = new PageHolds(parts.store())) {
      if (!holds.hold(page)) {
        return 1;
      }
      suspended.clear();
      for (FoundRecord found : page) {
        check(found, holds);
      }
    }
    reader.advance();
    to(RerateRun.State.CHECKING);
    return page.size() + 1;
  }

  private void check(FoundRecord found, PageHolds holds) {
    Pricing.Verdict verdict = verdict(found);
    if (verdict == null) {
      return;
    }
    records++;
    if (verdict == Pricing.Verdict.CHANGED && isSuspended(found, holds)) {
      tally.suspended();
    } else {
      tally.add(row, verdict, pricing);
    }
  }

  /** What becomes of a record; null when it is of another day than those asked for. */
  private Pricing.@Nullable Verdict verdict(FoundRecord found) {
    row.read(found.row(), found.startedAtMicros());
    return run.scope().has(row.day()) ? pricing.of(row) : null;
  }

  private boolean isSuspended(FoundRecord found, PageHolds holds) {
    return holds
        .month(found.month())
        .filter(month -> suspended.has(month, Repriced.key(found)))
        .isPresent();
  }

  private void checked() {
    run = run.with(tally.report());
    if (!run.applies()) {
      run = run.ended(RerateRun.State.DONE, parts.clock().instant(), "");
      return;
    }
    parts.runs().put(run);
    reader = reader(Cursor.START);
    records = 0;
    to(RerateRun.State.APPLYING);
  }

  private int apply() {
    if (!isAnswered()) {
      return 0;
    }
    if (batch == null) {
      if (reader.isEnd()) {
        to(RerateRun.State.SETTLING);
        return 1;
      }
      if (!prepare()) {
        return 1;
      }
    }
    return send();
  }

  /** Whether nothing is on its way. */
  private boolean isAnswered() {
    CompletableFuture<OwnStream.Written> waited = sent;
    if (waited == null) {
      return true;
    }
    if (!waited.isDone()) {
      return false;
    }
    sent = null;
    try {
      lastSequence = waited.join().journalSequence();
      batch = null;
    } catch (CompletionException e) {
      if (e.getCause() instanceof OwnStreamException.Fenced) {
        // Nothing was taken: the same again.
        return true;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    return true;
  }

  /** Reads a page, and notes what of it is to be written; false when that is nothing. */
  private boolean prepare() {
    List<FoundRecord> page = reader.read();
    List<Repriced> changed = new ArrayList<>();
    RerateRun.Applied applied = run.applied();
    try (PageHolds holds = new PageHolds(parts.store())) {
      if (!holds.hold(page)) {
        return false;
      }
      suspended.clear();
      for (FoundRecord found : page) {
        Pricing.Verdict verdict = verdict(found);
        records += verdict == null ? 0 : 1;
        if (verdict == Pricing.Verdict.CHANGED && !isSuspended(found, holds)) {
          changed.add(new Repriced(found, rating()));
          applied = isCounted ? applied : applied.plus(difference());
        }
      }
    }
    isCounted = false;
    if (changed.isEmpty()) {
      reader.advance();
      to(RerateRun.State.APPLYING);
      return false;
    }
    parts.runs().put(run.id(), new RunStore.Step(reader.cursor(), applied));
    batch = new Batch(changed, applied);
    return true;
  }

  private NewRating rating() {
    long ratedAtMicros = ChronoUnit.MICROS.between(Instant.EPOCH, run.startedAt());
    return new NewRating(
        row.version() + 1, pricing.priceNanos(), pricing.currency(), run.id(), ratedAtMicros);
  }

  private RerateRun.Applied difference() {
    BigInteger before = BigInteger.valueOf(row.saleNanos()).negate();
    BigInteger after = BigInteger.valueOf(pricing.priceNanos());
    return row.currency().equals(pricing.currency())
        ? new RerateRun.Applied(1, Map.of(pricing.currency(), after.add(before)))
        : new RerateRun.Applied(1, Map.of(row.currency(), before, pricing.currency(), after));
  }

  private int send() {
    Batch written = Objects.requireNonNull(batch);
    try {
      sent = parts.stream().send(sealer -> written.records.forEach(record -> record.addTo(sealer)));
    } catch (OwnStreamException e) {
      if (!e.recoverable()) {
        throw e;
      }
      run = run.at(run.state(), run.progress(), run.applied(), String.valueOf(e.getMessage()));
      return 0;
    }
    reader.advance();
    run = run.at(RerateRun.State.APPLYING, reader.progress(records), written.applied, "");
    return written.records.size();
  }

  private int settle() {
    if (parts.applied().getAsLong() < lastSequence) {
      return 0;
    }
    run = run.ended(RerateRun.State.DONE, parts.clock().instant(), "");
    parts.runs().put(run);
    return 1;
  }
}
