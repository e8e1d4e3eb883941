package vellum.core.suspense;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.OwnStream;
import vellum.core.record.MonthId;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.Identities;
import vellum.core.seal.Rejected;
import vellum.core.seal.Suspended;
import vellum.v1.DetailRecord;

/**
 * Changes what is in suspense: recycles rows, writes rows off, a bounded number a call. One call at
 * a time: each waits until all that the journal holds is applied, looks, writes, and waits until
 * that is applied, so none acts on a row that another has taken. Thread-safe.
 */
public final class SuspenseDesk {

  /** Rows of a call, at most. */
  public static final int MOST_ROWS = 1_000;

  private static final int MOST_BATCH_ROWS = 500;
  private static final int MOST_BATCH_BYTES = 256 << 10;
  private static final long LEAST_WAIT_NANOS = 100_000;
  private static final long MOST_WAIT_NANOS = 5_000_000;

  private final Ports ports;
  private final SuspenseReader reader;
  private final WriteOffs notes;

  /**
   * What the desk works with.
   *
   * @param own the server's stream that brings recycled rows
   * @param sealers makes a sealer with the rules of now
   * @param journaled journal sequence of the last batch that is durable
   * @param applied journal sequence up to which the months show everything
   * @param within how long a call waits, for the journal and for the applier each
   */
  public record Ports(
      Supplier<OwnStream> own,
      Supplier<BatchSealer> sealers,
      Opening opening,
      LongSupplier journaled,
      LongSupplier applied,
      InstantSource clock,
      LongSupplier nanoClock,
      Duration within) {}

  /**
   * What a call did, or would do.
   *
   * @param rows that it looked at
   * @param recycled rows that are records now, or would be
   * @param still rows that stay in suspense, by their codes of now
   * @param refused rows that cannot be recycled, with the reason
   */
  public record Outcome(
      int rows, int recycled, Map<Integer, Integer> still, List<Refused> refused) {
    public Outcome {
      still = Map.copyOf(still);
      refused = List.copyOf(refused);
    }
  }

  /** A row that cannot be recycled. */
  public record Refused(Suspended row, String reason) {}

  public SuspenseDesk(Ports ports, SuspenseReader reader, WriteOffs notes) {
    this.ports = ports;
    this.reader = reader;
    this.notes = notes;
  }

  public SuspenseReader reader() {
    return reader;
  }

  public WriteOffs notes() {
    return notes;
  }

  /** The clock's time, for ages. */
  public Instant now() {
    return ports.clock.instant();
  }

  /** Journal sequence as of which a longer piece of work may be bounded. */
  public long asOf() {
    return ports.journaled.getAsLong();
  }

  /** Waits until everything durable is applied. */
  public void await() {
    await(ports.journaled.getAsLong());
  }

  private void await(long target) {
    long deadline = ports.nanoClock.getAsLong() + ports.within.toNanos();
    long wait = LEAST_WAIT_NANOS;
    while (ports.applied.getAsLong() < target) {
      if (ports.nanoClock.getAsLong() - deadline >= 0) {
        throw new SuspenseException.Lagging(ports.within.toMillis());
      }
      LockSupport.parkNanos(this, wait);
      wait = Math.min(2 * wait, MOST_WAIT_NANOS);
    }
  }

  /** Counts and sums of what a filter takes. */
  public SuspenseTotals totals(SuspenseFilter filter) {
    SuspenseTotals totals = new SuspenseTotals();
    reader.all(filter, totals::add);
    return totals;
  }

  /** A row's record as people see it. */
  public DetailRecord show(SuspendedRow row, Identities wanted) {
    return Recycler.show(row, ports.opening.keys(), wanted);
  }

  /**
   * Recycles rows: opened, corrected, judged by the rules of now, and applied; or only says what
   * would become of them. Rows that are not there any more are passed over.
   *
   * @param rows at most {@link #MOST_ROWS}
   * @throws SuspenseException.Lagging when the applier does not come along
   * @throws vellum.core.journal.OwnStreamException when the journal does not take it; what an
   *     earlier batch of the call brought is applied
   */
  public synchronized Outcome recycle(List<Suspended> rows, Corrections corrections, boolean dry) {
    requireFew(rows);
    await();
    Recycler recycler = new Recycler(ports.opening, ports.sealers.get());
    List<Attempt> attempts = new ArrayList<>();
    for (Suspended row : rows) {
      reader.find(row).ifPresent(there -> attempts.add(recycler.attempt(there, corrections)));
    }
    return dry ? told(attempts) : told(written(attempts));
  }

  private static void requireFew(List<Suspended> rows) {
    if (rows.size() > MOST_ROWS) {
      throw new IllegalArgumentException("rows must be at most " + MOST_ROWS + ": " + rows.size());
    }
  }

  private static Outcome told(List<Attempt> attempts) {
    int recycled = 0;
    Map<Integer, Integer> still = new TreeMap<>();
    List<Refused> refused = new ArrayList<>();
    for (Attempt attempt : attempts) {
      String why = attempt.refused();
      if (why != null) {
        refused.add(new Refused(attempt.row().at(), why));
      } else if (attempt.code() != 0) {
        still.merge(attempt.code(), 1, Integer::sum);
      } else {
        recycled++;
      }
    }
    return new Outcome(attempts.size(), recycled, still, refused);
  }

  /** Writes what is to be written; what was found when it was applied stands in the result. */
  private List<Attempt> written(List<Attempt> attempts) {
    List<Attempt> done = new ArrayList<>();
    List<Attempt> batch = new ArrayList<>();
    int bytes = 0;
    for (Attempt attempt : attempts) {
      if (!attempt.isToBeWritten()) {
        done.add(attempt);
        continue;
      }
      if (!batch.isEmpty()
          && (batch.size() == MOST_BATCH_ROWS || bytes + attempt.bytes() > MOST_BATCH_BYTES)) {
        done.addAll(write(batch));
        batch.clear();
        bytes = 0;
      }
      batch.add(attempt);
      bytes += attempt.bytes();
    }
    if (!batch.isEmpty()) {
      done.addAll(write(batch));
    }
    return done;
  }

  /** Writes a batch, in more than one when holds keep so much of it that it is full before. */
  private List<Attempt> write(List<Attempt> batch) {
    List<Attempt> done = new ArrayList<>();
    while (done.size() < batch.size()) {
      done.addAll(writeFirst(batch.subList(done.size(), batch.size())));
    }
    return done;
  }

  private List<Attempt> writeFirst(List<Attempt> batch) {
    List<Attempt.Entry> entries =
        batch.stream().map(one -> Objects.requireNonNull(one.entry())).toList();
    OwnStream.Written written = writeEntries(entries);
    List<Attempt> done = new ArrayList<>(batch.subList(0, written.sequences()));
    for (Rejected rejected : written.rejected()) {
      Attempt one = batch.get(rejected.offset());
      done.set(rejected.offset(), Attempt.refused(one.row(), rejected.reason()));
    }
    for (int place = 0; place < done.size(); place++) {
      Attempt one = done.get(place);
      if (one.refused() == null) {
        done.set(place, applied(one, written.journalSequence(), place));
      }
    }
    return done;
  }

  private OwnStream.Written writeEntries(List<Attempt.Entry> entries) {
    OwnStream.Written written =
        ports.own.get().write(sealer -> fill(sealer, entries), ports.within);
    await(written.journalSequence());
    return written;
  }

  private static void fill(BatchSealer sealer, List<Attempt.Entry> entries) {
    for (Attempt.Entry entry : entries) {
      if (sealer.isFull()) {
        return;
      }
      entry.into(sealer);
    }
  }

  /** What became of a row when it was applied: it may have met a conflict. */
  private Attempt applied(Attempt one, long sequence, int place) {
    byte @Nullable [] key = one.key();
    MonthId month = one.month();
    if (key == null || month == null) {
      return one;
    }
    Optional<SuspendedRow> back = reader.find(new Suspended(month, key, sequence, place));
    int code = back.map(row -> row.message().code()).orElse(0);
    return new Attempt(one.row(), code, null, month, key, one.entry(), one.bytes());
  }

  /**
   * Writes rows off: an immutable note says who, when, why, how many and how much; then they go.
   *
   * @param rows at most {@link #MOST_ROWS}
   * @param dry only says what would go
   * @return what went, or would go
   */
  public synchronized SuspenseTotals writeOff(
      List<Suspended> rows, String by, String reason, boolean dry) {
    requireFew(rows);
    await();
    SuspenseTotals totals = new SuspenseTotals();
    List<Attempt.Entry> entries = new ArrayList<>();
    for (Suspended row : rows) {
      reader
          .find(row)
          .ifPresent(
              there -> {
                totals.add(there);
                entries.add(sealer -> sealer.writeOff(there.at()));
              });
    }
    if (!dry && !entries.isEmpty()) {
      long note = notes.begin(ports.clock.instant(), by, reason, totals);
      notes.end(note, writeEntries(entries).journalSequence());
    }
    return totals;
  }
}
