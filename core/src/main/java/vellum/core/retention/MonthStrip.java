package vellum.core.retention;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import vellum.core.audit.AuditEvent;
import vellum.core.crypto.KekRotation;
import vellum.core.period.Catalog;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.store.StoreException;

/**
 * The way of traffic months from KEY_DESTROYED to ARCHIVED (design section 6): one step of one
 * month a call. Where a month is stands in the catalog, what was found in its evidence; every step
 * may be cut short anywhere and is then taken again. One month is rewritten at a time. For one
 * thread; to be closed.
 */
final class MonthStrip implements AutoCloseable {

  private final RetentionSetup setup;
  private final Blocks blocks;
  private final Drain drain;
  private final Rewriting rewriting;
  private final CatchUp catchUp;
  private final Removal removal;
  private final Certifying certifying;

  MonthStrip(RetentionSetup setup, Blocks blocks) {
    this.setup = setup;
    this.blocks = blocks;
    this.drain = new Drain(setup, blocks);
    this.rewriting = new Rewriting(setup);
    this.catchUp = new CatchUp(setup);
    this.removal = new Removal(setup);
    this.certifying = new Certifying(setup);
  }

  /** Takes one step of the first month that can take one; returns 1, or 0 when none can. */
  int doWork(Instant now) {
    rewriting.keepOnly(month -> stage(month) == Stage.REWRITING || stage(month) == Stage.DRAINED);
    catchUp.keepOnly(month -> stage(month) == Stage.VERIFIED);
    for (Map.Entry<MonthId, Catalog.Entry> period : setup.catalog().entries().entrySet()) {
      MonthId month = period.getKey();
      if (isUnderWay(month, period.getValue().stage())
          && blocks.mayTry(month)
          && tryStep(month, period.getValue(), now)) {
        return 1;
      }
    }
    return 0;
  }

  private Stage stage(MonthId month) {
    return setup.catalog().entry(month).map(Catalog.Entry::stage).orElse(Stage.EXPIRED);
  }

  private boolean isUnderWay(MonthId month, Stage stage) {
    return month.kind() == MonthId.Kind.TRAFFIC
        && stage.compareTo(Stage.KEY_DESTROYED) >= 0
        && stage.compareTo(Stage.ARCHIVED) < 0
        && !rewriting.isBusyWithAnother(month, stage);
  }

  private boolean tryStep(MonthId month, Catalog.Entry entry, Instant now) {
    try {
      boolean stepped = step(month, entry, now);
      if (stepped) {
        blocks.clear(month);
      }
      return stepped;
    } catch (RuntimeException failure) {
      rewriting.drop(month);
      catchUp.drop(month);
      if (Recoverable.is(failure)) {
        blocks.failedForNow(month, Blocks.reason(failure));
      } else {
        blocks.failed(month, failure);
        forget(month);
      }
      return false;
    }
  }

  /** What was made is not gone on from: the next start makes it anew. */
  private void forget(MonthId month) {
    try {
      rewriting.forget(month);
    } catch (StoreException full) {
      // Then the next start goes on from it, and fails again with the same reason.
    }
  }

  private boolean step(MonthId month, Catalog.Entry entry, Instant now) {
    return switch (entry.stage()) {
      case KEY_DESTROYED -> drained(month, now);
      case DRAINED -> {
        rewriting.requireRoom(month);
        move(month, Stage.REWRITING, entry.position(), now);
        yield true;
      }
      case REWRITING -> rewritten(month, entry, now);
      case VERIFIED -> catchUp.step(month, blocks);
      case SWITCHED -> removed(month, entry, now);
      case REMOVED -> {
        KekRotation.Rotated kek = setup.rotation().rotate();
        move(
            month,
            next(Stage.KEK_ROTATED, entry, now),
            evidence -> evidence.with(new Evidence.KekEnd(now.toString(), kek.from(), kek.to())));
        yield true;
      }
      case KEK_ROTATED -> backedUp(month, entry, now);
      case BACKUPS_REWRITTEN -> certified(month, entry, now);
      default -> false;
    };
  }

  private boolean drained(MonthId month, Instant now) {
    long position = drain.step(month);
    if (position >= 0) {
      move(month, Stage.DRAINED, position, now);
    }
    return position >= 0;
  }

  private boolean rewritten(MonthId month, Catalog.Entry entry, Instant now) {
    if (!setup.pace().mayWork()) {
      return false;
    }
    Evidence.Rewritten rewritten = rewriting.step(month);
    if (rewritten != null) {
      Evidence evidence = evidence(month).with(rewritten);
      setup
          .catalog()
          .move(
              month,
              next(Stage.VERIFIED, entry, now),
              batch -> {
                EvidenceStore.put(batch, month, evidence);
                StripProgress.delete(batch, month);
              });
    }
    return true;
  }

  private boolean removed(MonthId month, Catalog.Entry entry, Instant now) {
    Evidence evidence = evidence(month);
    Evidence.Rewritten rewritten = evidence.rewritten();
    if (!removal.closeLive(month)) {
      blocks.waits(month, "its live month is still being read");
      return false;
    }
    if (evidence.removed() == null) {
      Evidence.Removed list = removal.listLive(month);
      Evidence listed = evidence.with(list);
      setup
          .evidence()
          .save(
              month,
              rewritten == null ? listed : listed.with(rewritten.switched(entry.position())));
      return true;
    }
    removal.removeLive(month);
    Evidence.Removed gone = evidence.removed().done(now);
    move(month, next(Stage.REMOVED, entry, now), before -> before.with(gone));
    return true;
  }

  private boolean backedUp(MonthId month, Catalog.Entry entry, Instant now) {
    List<Evidence.BackupEnd> ends =
        setup.backups().rewriteAll().stream().map(Certifying::backup).toList();
    move(month, next(Stage.BACKUPS_REWRITTEN, entry, now), before -> before.withBackups(ends));
    return true;
  }

  private boolean certified(MonthId month, Catalog.Entry entry, Instant now) {
    Evidence whole = evidence(month);
    CertificateStore.Certificate certificate = certifying.strip(month, whole, now);
    Evidence.Rewritten rewritten = whole.rewritten();
    certifying.record(
        AuditEvent.RECORDS_STRIPPED, certificate, rewritten == null ? 0 : rewritten.records());
    setup
        .catalog()
        .move(
            month,
            next(Stage.ARCHIVED, entry, now),
            batch -> CertificateStore.put(batch, certificate));
    Certifying.stored(certificate, Stage.ARCHIVED);
    return true;
  }

  private void move(MonthId month, Stage stage, long position, Instant now) {
    move(month, new Catalog.Entry(stage, now, position), UnaryOperator.identity());
  }

  private static Catalog.Entry next(Stage stage, Catalog.Entry before, Instant now) {
    return new Catalog.Entry(stage, now, before.position());
  }

  private void move(MonthId month, Catalog.Entry next, UnaryOperator<Evidence> change) {
    Evidence evidence = change.apply(evidence(month));
    setup.catalog().move(month, next, batch -> EvidenceStore.put(batch, month, evidence));
  }

  private Evidence evidence(MonthId month) {
    return setup
        .evidence()
        .find(month, ErasureCertificate.Kind.STRIP)
        .orElseThrow(
            () -> new StripException.Missing("the control store has no evidence of " + month));
  }

  /** The month that is being rewritten, and how far, 0 to 1. */
  Map<MonthId, Double> progress() {
    return rewriting.progress();
  }

  @Override
  public void close() {
    rewriting.close();
    catchUp.close();
  }
}
