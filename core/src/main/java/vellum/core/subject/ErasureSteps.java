package vellum.core.subject;

import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import vellum.core.apply.JournalDrain;
import vellum.core.casefile.CaseId;
import vellum.core.journal.OwnStream;
import vellum.core.period.FoundRecord;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;
import vellum.core.record.Sha256;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.Suspended;

/**
 * The steps of erasures, each bounded and idempotent: what a crash cuts short is done again. For
 * one thread.
 */
final class ErasureSteps {

  /** Entries of a batch in the journal. */
  private static final int BATCH = 500;

  private final ErasureSetup setup;
  private final ErasureStore store;
  private final ErasureScopes scopes;
  private final ErasureLedger ledger;
  private final Map<CaseId, Finding> findings = new HashMap<>();
  private final Map<CaseId, Kept> kept = new HashMap<>();
  private final Map<CaseId, ErasurePurge> purges = new HashMap<>();
  private final Map<CaseId, JournalDrain> drains = new HashMap<>();

  /** Rows of a part, from its first on, of which holds have their copies. */
  private record Kept(int part, int rows) {}

  ErasureSteps(ErasureSetup setup, ErasureStore store, ErasureScopes scopes) {
    this.setup = setup;
    this.store = store;
    this.scopes = scopes;
    this.ledger = new ErasureLedger(setup.cases());
  }

  /** Forgets what is in memory of an erasure: it begins its state anew. */
  void forget(CaseId id) {
    findings.remove(id);
    kept.remove(id);
    purges.remove(id);
    drains.remove(id);
  }

  /** Takes a step; false when it waits. */
  boolean step(CaseId id, ErasureStatus status) {
    return switch (status.state()) {
      case BEGUN -> find(id);
      case FOUND -> journal(id, status);
      case JOURNALED -> applied(id, status);
      case APPLIED -> purge(id, status);
      case PURGED -> drain(id, status);
      case DRAINED -> report(id, status);
      case DONE -> false;
    };
  }

  private boolean find(CaseId id) {
    Finding finding = findings.get(id);
    if (finding == null) {
      long asOf = setup.journal().appended();
      finding = new Finding(setup, id, scopes.find(id), ledger, asOf);
      findings.put(id, finding);
    }
    if (setup.applied().getAsLong() < finding.asOf()) {
      return false;
    }
    if (!finding.step()) {
      // The scopes go last: without them, a crash in between could not search anew.
      scopes.keepAccounts(id, finding.accounts().named());
      store.put(id, finding.found());
      findings.remove(id);
      scopes.drop(id);
    }
    return true;
  }

  private boolean journal(CaseId id, ErasureStatus status) {
    if (status.done() == status.parts()) {
      store.put(id, status.in(ErasureState.JOURNALED));
      return true;
    }
    List<ErasedRow> rows = ledger.rows(id, status.done());
    if (!areKept(id, status.done(), rows)) {
      return false;
    }
    long position = status.position();
    for (int from = 0; from < rows.size(); from += BATCH) {
      List<ErasedRow> some = rows.subList(from, Math.min(from + BATCH, rows.size()));
      OwnStream.Written written =
          setup
              .own()
              .get()
              .write(sealer -> some.forEach(row -> write(row, sealer)), setup.within());
      position = Math.max(position, written.journalSequence());
    }
    store.put(id, status.at(position).partDone(0));
    return true;
  }

  private static void write(ErasedRow row, BatchSealer sealer) {
    Suspended suspended = row.suspended();
    if (suspended == null) {
      sealer.erase(row.month(), row.key(), row.found());
    } else {
      sealer.erase(suspended, row.found().parts());
    }
  }

  /**
   * Whether every hold has what it may keep. Goes on where it waited; then all rows are asked once
   * more without a wait, as a hold may have been placed meanwhile.
   */
  private boolean areKept(CaseId id, int part, List<ErasedRow> rows) {
    Kept before = kept.remove(id);
    int from = before == null || before.part != part ? 0 : before.rows;
    return areKept(id, part, rows, from) && (from == 0 || areKept(id, part, rows, 0));
  }

  private boolean areKept(CaseId id, int part, List<ErasedRow> rows, int from) {
    for (int i = from; i < rows.size(); i++) {
      if (!isKept(rows.get(i))) {
        kept.put(id, new Kept(part, i));
        return false;
      }
    }
    return true;
  }

  private boolean isKept(ErasedRow row) {
    Optional<RecordStore.Hold> held =
        row.suspended() == null ? setup.months().holdExisting(row.month()) : Optional.empty();
    if (held.isEmpty()) {
      return true;
    }
    try (RecordStore.Hold hold = held.get()) {
      return !(hold.month() instanceof LiveMonth live
          && live.record(row.key()).orElse(null) instanceof FoundRecord.Sealed there
          && !setup.held().keep(row.month(), there.record()));
    }
  }

  private boolean applied(CaseId id, ErasureStatus status) {
    if (setup.applied().getAsLong() < status.position()) {
      return false;
    }
    store.put(id, status.in(ErasureState.APPLIED));
    return true;
  }

  private boolean purge(CaseId id, ErasureStatus status) {
    if (setup.applied().getAsLong() < status.position()) {
      // Behind a crash it is applied again.
      return false;
    }
    ErasurePurge purge = purges.computeIfAbsent(id, any -> new ErasurePurge(setup));
    if (status.done() < status.parts()) {
      store.put(id, status.partDone(purge.rows(ledger.rows(id, status.done()))));
      return true;
    }
    Optional<Long> bytes = purge.index(() -> months(id, status));
    if (bytes.isEmpty()) {
      purges.remove(id);
      store.put(id, status.in(ErasureState.PURGED));
      return true;
    }
    if (bytes.get() == 0) {
      return false;
    }
    store.put(id, status.plusPurged(bytes.get()));
    return true;
  }

  private SortedSet<MonthId> months(CaseId id, ErasureStatus status) {
    SortedSet<MonthId> months = new TreeSet<>();
    for (int part = 0; part < status.parts(); part++) {
      ledger.rows(id, part).forEach(row -> months.add(row.month()));
    }
    return months;
  }

  private boolean drain(CaseId id, ErasureStatus status) {
    JournalDrain drain =
        drains.computeIfAbsent(
            id, any -> new JournalDrain(setup.epochs(), setup.journal(), setup.flusher()));
    if (drain.step() < 0) {
      return false;
    }
    drains.remove(id);
    store.put(id, status.in(ErasureState.DRAINED));
    return true;
  }

  private boolean report(CaseId id, ErasureStatus status) {
    SortedMap<MonthId, MessageDigest> digests = new TreeMap<>();
    for (int part = 0; part < status.parts(); part++) {
      for (ErasedRow row : ledger.rows(id, part)) {
        MessageDigest digest = digests.computeIfAbsent(row.month(), any -> Sha256.begin());
        digest.update(row.key());
        digest.update((byte) row.found().parts());
      }
    }
    SortedMap<MonthId, String> months = new TreeMap<>();
    digests.forEach((month, digest) -> months.put(month, Sha256.hex(digest)));
    scopes.drop(id);
    store.put(id, status.in(ErasureState.DONE).with(months));
    return true;
  }
}
