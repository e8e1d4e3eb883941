package vellum.core.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import vellum.core.audit.AuditEvent;
import vellum.core.crypto.KekRotation;
import vellum.core.crypto.KeyRing;
import vellum.core.period.Catalog;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/**
 * The end of whole periods: archive years of a class with all their months, months of usage, days
 * of content. From EXPIRING on nobody begins to read them, and what comes for them is dropped; when
 * the applier and every reader have let them go, their keys die, their directories go, and one
 * certificate a year, month or day says so. One step of one of them a call. For one thread.
 */
final class Expiry {

  private final RetentionSetup setup;
  private final Blocks blocks;
  private final Removal removal;
  private final Certifying certifying;

  /** What is going, and whether the applier has let it go. */
  private final Map<MonthId, CompletableFuture<Void>> letGo = new HashMap<>();

  Expiry(RetentionSetup setup, Blocks blocks) {
    this.setup = setup;
    this.blocks = blocks;
    this.removal = new Removal(setup);
    this.certifying = new Certifying(setup);
  }

  /** Takes one step of the first period that can take one; returns 1, or 0 when none can. */
  int doWork(Instant now) {
    for (Map.Entry<MonthId, SortedMap<MonthId, Catalog.Entry>> group : groups(now).entrySet()) {
      if (blocks.mayTry(group.getKey()) && tryStep(group.getKey(), group.getValue(), now)) {
        return 1;
      }
    }
    return 0;
  }

  /** What is due by what its certificate is called: the year of months, else the period itself. */
  private SortedMap<MonthId, SortedMap<MonthId, Catalog.Entry>> groups(Instant now) {
    SortedMap<MonthId, SortedMap<MonthId, Catalog.Entry>> groups = new TreeMap<>();
    for (Map.Entry<MonthId, Catalog.Entry> period : setup.catalog().entries().entrySet()) {
      MonthId name = period.getKey();
      MonthId group = name.kind() == MonthId.Kind.TRAFFIC ? name.year() : name;
      if (name.kind() != MonthId.Kind.YEAR) {
        groups.computeIfAbsent(group, any -> new TreeMap<>()).put(name, period.getValue());
      }
    }
    for (MonthId key : setup.keys().alive()) {
      if (key.kind() == MonthId.Kind.YEAR) {
        groups.computeIfAbsent(key, any -> new TreeMap<>());
      }
    }
    groups.entrySet().removeIf(group -> !isDue(group.getKey(), group.getValue(), now));
    return groups;
  }

  private boolean isDue(MonthId group, SortedMap<MonthId, Catalog.Entry> members, Instant now) {
    boolean over = members.values().stream().allMatch(entry -> entry.stage() == Stage.EXPIRED);
    if (over && (members.isEmpty() || !isAlive(group))) {
      return members.isEmpty() && !now.isBefore(setup.calendar().removal(group));
    }
    // What has lost its key goes, whatever a later policy says.
    return group.kind() != MonthId.Kind.YEAR && setup.keys().destroyed(group)
        || members.keySet().stream()
            .noneMatch(member -> now.isBefore(setup.calendar().removal(member)));
  }

  private boolean isAlive(MonthId key) {
    return setup.keys().existing(key).isPresent();
  }

  private boolean tryStep(MonthId group, SortedMap<MonthId, Catalog.Entry> members, Instant now) {
    try {
      boolean stepped = step(group, members, now);
      if (stepped) {
        blocks.clear(group);
      }
      return stepped;
    } catch (RuntimeException failure) {
      if (Recoverable.is(failure)) {
        blocks.failedForNow(group, Blocks.reason(failure));
      } else {
        blocks.failed(group, failure);
      }
      return false;
    }
  }

  private boolean step(MonthId group, SortedMap<MonthId, Catalog.Entry> members, Instant now) {
    List<MonthId> going = new ArrayList<>();
    for (Map.Entry<MonthId, Catalog.Entry> member : members.entrySet()) {
      if (member.getValue().stage().compareTo(Stage.EXPIRING) < 0) {
        going.add(member.getKey());
      }
    }
    if (!going.isEmpty()) {
      Evidence evidence = evidence(group, members, now);
      for (MonthId member : going) {
        Catalog.Entry expiring = new Catalog.Entry(Stage.EXPIRING, now, 0);
        setup.catalog().move(member, expiring, batch -> EvidenceStore.put(batch, group, evidence));
      }
      return true;
    }
    if (!members.isEmpty() && !isUnused(group, members.keySet())) {
      return false;
    }
    setup.keys().destroy(group, now);
    for (MonthId member : members.keySet()) {
      setup.keys().destroy(member, now);
    }
    return members.isEmpty() || remove(group, List.copyOf(members.keySet()), now);
  }

  /**
   * Whether nobody has any of it open: the applier asks anew who owns a month after a task between
   * two of its batches, traffic or not, and look-ups end.
   */
  private boolean isUnused(MonthId group, Set<MonthId> members) {
    CompletableFuture<Void> asked =
        letGo.computeIfAbsent(group, any -> setup.applier().between(position -> {}));
    if (!asked.isDone() || asked.isCancelled()) {
      blocks.waits(group, "the applier is to let it go between two batches");
      return false;
    }
    for (MonthId member : members) {
      if (!removal.closeAll(member)) {
        blocks.waits(group, member + " is still being read");
        return false;
      }
    }
    return true;
  }

  private boolean remove(MonthId group, List<MonthId> members, Instant now) {
    Evidence evidence = evidence(group, new TreeMap<>(), now);
    Evidence.Removed list = evidence.removed();
    if (list == null) {
      setup.evidence().save(group, evidence.with(removal.listAll(members)));
      return true;
    }
    if (list.at() == null) {
      members.forEach(removal::removeAll);
      if (group.kind() == MonthId.Kind.YEAR) {
        removal.removeYear(members.get(0));
      }
      setup.evidence().save(group, evidence.with(list.done(now)));
      return true;
    }
    return endYear(group)
        || endKeys(group, evidence, now)
        || certify(group, members, evidence, now);
  }

  /**
   * Removes what else goes with the year, once no class has records of it or of earlier ones; false
   * when that is done.
   */
  private boolean endYear(MonthId group) {
    if (group.kind() != MonthId.Kind.YEAR) {
      return false;
    }
    int gone = Integer.MIN_VALUE;
    int kept = Integer.MAX_VALUE;
    for (Map.Entry<MonthId, Catalog.Entry> one : setup.catalog().entries().entrySet()) {
      if (one.getKey().kind() == MonthId.Kind.TRAFFIC) {
        int year = one.getKey().month().getYear();
        if (one.getValue().stage().owner() == Stage.Owner.NONE) {
          gone = Math.max(gone, year);
        } else {
          kept = Math.min(kept, year);
        }
      }
    }
    int last = Math.min(gone, kept - 1);
    return last > 0 && setup.yearEnd().remove(last);
  }

  /** Ends the copies of the key that is gone; false when that is done. */
  private boolean endKeys(MonthId group, Evidence evidence, Instant now) {
    if (evidence.kek() == null) {
      KekRotation.Rotated kek = setup.rotation().rotate();
      setup
          .evidence()
          .save(group, evidence.with(new Evidence.KekEnd(now.toString(), kek.from(), kek.to())));
      return true;
    }
    if (evidence.backups() == null) {
      List<Evidence.BackupEnd> ends =
          setup.backups().rewriteAll().stream().map(Certifying::backup).toList();
      setup.evidence().save(group, evidence.withBackups(ends));
      return true;
    }
    return false;
  }

  private boolean certify(MonthId group, List<MonthId> members, Evidence whole, Instant now) {
    CertificateStore.Certificate certificate = certifying.expiry(group, whole, now);
    List<MonthId> open = members.stream().filter(member -> !isExpired(member)).toList();
    if (!open.isEmpty()) {
      List<Evidence.MonthEnd> ends = whole.months();
      certifying.record(
          AuditEvent.PERIOD_REMOVED,
          certificate,
          ends == null ? 0 : ends.stream().mapToLong(Evidence.MonthEnd::records).sum());
    }
    for (MonthId member : open) {
      boolean last = member.equals(open.get(open.size() - 1));
      setup
          .catalog()
          .move(
              member,
              new Catalog.Entry(Stage.EXPIRED, now, 0),
              batch -> {
                StripProgress.delete(batch, member);
                if (last) {
                  EvidenceStore.put(batch, group, whole);
                  CertificateStore.put(batch, certificate);
                }
              });
    }
    if (!open.isEmpty()) {
      Certifying.stored(certificate, Stage.EXPIRED);
    }
    letGo.remove(group);
    return true;
  }

  private boolean isExpired(MonthId member) {
    return setup
        .catalog()
        .entry(member)
        .filter(entry -> entry.stage() == Stage.EXPIRED)
        .isPresent();
  }

  /** The evidence that is there, or the first of it. */
  private Evidence evidence(MonthId group, SortedMap<MonthId, Catalog.Entry> members, Instant now) {
    Optional<Evidence> there = setup.evidence().find(group, ErasureCertificate.Kind.EXPIRY);
    if (there.isPresent()) {
      return there.get();
    }
    List<Evidence.MonthEnd> months = new ArrayList<>();
    members.forEach((member, entry) -> months.add(monthEnd(member, entry)));
    MonthId first = members.isEmpty() ? group : members.firstKey();
    Instant end = setup.keys().destruction(group).map(KeyRing.Destroyed::at).orElse(now);
    PolicyHistory.Due due = setup.policies().due(calendar -> calendar.removal(first), end);
    return Evidence.begin(ErasureCertificate.Kind.EXPIRY, group.toString(), due.version(), due.at())
        .withMonths(months);
  }

  private Evidence.MonthEnd monthEnd(MonthId member, Catalog.Entry entry) {
    if (entry.stage() == Stage.MAKING) {
      return new Evidence.MonthEnd(member.toString(), 0);
    }
    Optional<RecordStore.Hold> hold = setup.months().holdExisting(member);
    try {
      boolean suspense = member.kind() == MonthId.Kind.SUSPENSE;
      long records =
          hold.map(RecordStore.Hold::month)
              .map(month -> suspense ? month.suspended() : month.state().records())
              .orElse(0L);
      return new Evidence.MonthEnd(member.toString(), records);
    } finally {
      hold.ifPresent(RecordStore.Hold::close);
    }
  }
}
