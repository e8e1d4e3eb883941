package vellum.core.hold;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.audit.Actor;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.casefile.CaseAudit;
import vellum.core.log.Event;
import vellum.core.record.MonthId;
import vellum.core.record.Sha256;
import vellum.core.retention.VaultEnd;

/**
 * Brings holds from state to state: begins them on their day, has what is there copied, ends them
 * when their time is over, and has what they kept erased and certified. One bounded step of one
 * hold a call; what a step did is in the hold's case before the next begins, so that a crash
 * repeats one step at most. For one thread.
 */
public final class HoldWorker {

  private static final Logger LOG = LoggerFactory.getLogger(HoldWorker.class);
  private static final String EXPIRED = "its time is over";

  private final HoldDesk desk;
  private final HeldRecords records;
  private final HoldErasure erasure;
  private final CaseAudit audit;
  private final Supplier<Instant> now;
  private final Period keep;

  /** Vaults of holds that are being copied, which this process knows to be there. */
  private final Set<MonthId> made = new HashSet<>();

  /** The hold that failed last, so that it is said once. */
  private Optional<String> failed = Optional.empty();

  /** Where the next call begins: no hold keeps the others waiting. */
  private int turn;

  /**
   * What a worker works with.
   *
   * @param now the instant by which may be erased, as the clock guard says
   * @param keep how long a hold's case is kept once it is released
   */
  public record Parts(
      HoldDesk desk,
      HeldRecords records,
      HoldErasure erasure,
      CaseAudit audit,
      Supplier<Instant> now,
      Period keep) {}

  public HoldWorker(Parts parts) {
    this.desk = parts.desk();
    this.records = parts.records();
    this.erasure = parts.erasure();
    this.audit = parts.audit();
    this.now = parts.now();
    this.keep = parts.keep();
  }

  /** Takes one step of one hold; returns 1, or 0 when none can take one. */
  public int doWork() {
    List<Hold> open = desk.open();
    for (int i = 0; i < open.size(); i++) {
      Hold hold = open.get((turn + i) % open.size());
      if (tryStep(hold)) {
        turn = (turn + i) % open.size() + 1;
        return 1;
      }
    }
    return 0;
  }

  private boolean tryStep(Hold hold) {
    try {
      boolean stepped = step(hold);
      failed = failed.filter(id -> !id.equals(name(hold)));
      return stepped;
    } catch (RuntimeException e) {
      if (!failed.equals(Optional.of(name(hold)))) {
        failed = Optional.of(name(hold));
        LOG.warn(
            Event.CASE_WAITS.code(),
            "work on a case failed, and is tried again: {}",
            e.getClass().getName());
      }
      return false;
    }
  }

  private static String name(Hold hold) {
    return hold.id().text();
  }

  private boolean step(Hold hold) {
    Instant at = now.get();
    if (hold.state().isOpen() && !at.isBefore(hold.expiresAt())) {
      Hold.Change over = new Hold.Change(at, HoldDesk.SERVER, EXPIRED);
      return desk.step(
              hold.id(), same -> same.state().isOpen() ? same.in(HoldState.RELEASING, over) : same)
          .isPresent();
    }
    return switch (hold.state()) {
      case WAITING -> begin(hold, at);
      case COPYING -> copy(hold);
      case RELEASING -> release(hold, at);
      case ACTIVE, RELEASED -> false;
    };
  }

  private boolean begin(Hold hold, Instant at) {
    return !at.isBefore(hold.startsAt())
        && desk.step(
                hold.id(),
                same ->
                    same.state() == HoldState.WAITING
                        ? same.in(HoldState.COPYING, same.last())
                        : same)
            .isPresent();
  }

  private boolean copy(Hold hold) {
    MonthId vault = hold.vault();
    if (!made.contains(vault)) {
      records.make(vault);
      made.add(vault);
    }
    HeldRecords.Progress progress = records.copy(desk.scope(hold));
    if (progress != HeldRecords.Progress.DONE) {
      return progress == HeldRecords.Progress.MOVED;
    }
    long found = records.records(vault);
    record(hold, AuditEvent.HOLD_COPIED, "", found, "");
    desk.step(hold.id(), same -> same.state() == HoldState.COPYING ? same.copied(found) : same);
    made.remove(vault);
    return true;
  }

  private boolean release(Hold hold, Instant at) {
    made.remove(hold.vault());
    Optional<HoldEnd> end = hold.end();
    if (end.isEmpty()) {
      Optional<VaultEnd.Gone> ended = records.destroy(hold.vault(), at);
      ended.ifPresent(
          how ->
              desk.step(
                  hold.id(),
                  same ->
                      same.ended(
                          new HoldEnd(
                              how.key().key(), how.key().at(), how.records(), Optional.empty()))));
      return ended.isPresent();
    }
    if (end.get().certificate().isEmpty()) {
      byte[] cms = erasure.certify(hold, end.get(), at);
      desk.step(hold.id(), same -> same.ended(end.get().certified(cms)));
      return true;
    }
    byte[] cms = end.get().certificate().get();
    record(
        hold, AuditEvent.HOLD_RELEASED, hold.last().reason(), end.get().records(), Sha256.hex(cms));
    desk.close(hold, at.atOffset(ZoneOffset.UTC).plus(keep).toInstant());
    return true;
  }

  private void record(Hold hold, AuditEvent event, String why, long count, String digest) {
    Draft draft =
        Draft.of(event, Actor.SERVER, why)
            .inCase(hold.id().text())
            .counting(count)
            .digesting(digest);
    audit.record(draft, hold.secret());
  }
}
