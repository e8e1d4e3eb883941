package vellum.core.subject;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MonthId;

/**
 * Looks for what is to be erased, month by month, a bounded piece a call: records by the subject
 * index, or all of an account, and rows in suspense. Archived months have no identities and are
 * passed over, as is one whose key dies meanwhile. Where it is stands in memory only. For one
 * thread.
 */
final class ErasureSearch {

  private final ErasureSetup setup;
  private final Consumer<ErasedRow> found;
  private final Deque<Task> tasks = new ArrayDeque<>();

  /** A month's look-up of one person, or of one account's records, or of suspense. */
  interface Task {
    MonthId month();

    /** Looks at some; true at the end. */
    boolean step(LiveMonth month, MonthCipher cipher, Consumer<ErasedRow> found);
  }

  /**
   * @param found takes what is found, month after month
   * @throws ErasureException.NobodyNamed when a scope has subjects who are no people
   */
  ErasureSearch(ErasureSetup setup, List<CaseScope> scopes, Consumer<ErasedRow> found) {
    this.setup = setup;
    this.found = found;
    for (MonthId month : setup.months().months()) {
      if (month.kind() == MonthId.Kind.TRAFFIC) {
        scopes.forEach(scope -> plan(month, scope));
      }
    }
  }

  /** Refuses scopes whose subjects are not all people. */
  static void check(List<CaseScope> scopes) {
    boolean areAllPeople =
        scopes.stream()
            .flatMap(scope -> scope.subjects().stream())
            .allMatch(subject -> subject.identity().isPresent());
    if (scopes.isEmpty() || !areAllPeople) {
      throw new ErasureException.NobodyNamed();
    }
  }

  private void plan(MonthId month, CaseScope scope) {
    if (!setup.calendar().start(month).isBefore(scope.to())
        || !setup.calendar().end(month).isAfter(scope.from())) {
      return;
    }
    ScopeHeader header = new ScopeHeader(scope);
    if (scope.subjects().isEmpty()) {
      long from = ScopeHeader.micros(setup.calendar().start(month));
      long to = ScopeHeader.micros(setup.calendar().end(month));
      for (String account : scope.accounts()) {
        tasks.add(new AccountTask(month, setup.finder(), account, header.within(from, to)));
      }
      tasks.add(new SuspenseTask(month, header, Optional.empty()));
    }
    for (CaseSubject subject : scope.subjects()) {
      CanonicalIdentity person = subject.identity().orElseThrow();
      tasks.add(new PersonTask(month, header, person));
      tasks.add(new SuspenseTask(month, header, Optional.of(person)));
    }
  }

  /** Looks at some; false when there is nothing left to look at. */
  boolean step() {
    Task task = tasks.peek();
    if (task == null) {
      return false;
    }
    if (isDone(task)) {
      tasks.remove();
    }
    return true;
  }

  private boolean isDone(Task task) {
    Optional<MonthKey> key = setup.keys().existing(task.month());
    Optional<RecordStore.Hold> held = setup.months().holdExisting(task.month());
    if (held.isEmpty()) {
      return true;
    }
    try (RecordStore.Hold hold = held.get()) {
      return key.isEmpty()
          || !(hold.month() instanceof LiveMonth live)
          || task.step(live, key.get().newCipher(), found);
    } catch (CryptoException.KeyDestroyed e) {
      return true;
    }
  }
}
