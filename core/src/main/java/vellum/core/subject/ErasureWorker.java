package vellum.core.subject;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseScope;
import vellum.core.journal.OwnStreamException;
import vellum.core.log.Event;
import vellum.core.record.MonthId;
import vellum.core.retention.Recoverable;
import vellum.core.store.Table;

/**
 * Erases people's identities before their months' time, one bounded step a call: finds them in live
 * months and suspense, sees that holds have their copies, journals what goes, waits until it is
 * applied, writes the files anew that held it, and drains the journal. How far each is stands in
 * the control store; a crash anywhere is gone on from. Cells, counts and postings do not change.
 * Events of the usage log and content are not erased: they have ends of their own. Thread-safe;
 * steps are taken one at a time.
 */
public final class ErasureWorker {

  private static final Logger LOG = LoggerFactory.getLogger(ErasureWorker.class);

  private final ErasureSetup setup;
  private final ErasureStore store;
  private final ErasureScopes scopes;
  private final ErasureSteps steps;
  private final Set<CaseId> underWay = new ConcurrentSkipListSet<>();

  /** Erasures that do not go on before the next start, and why others wait. */
  private final Set<CaseId> stopped = ConcurrentHashMap.newKeySet();

  private final Map<CaseId, String> waits = new ConcurrentHashMap<>();

  /** Held during a step. */
  private final Object stepping = new Object();

  public ErasureWorker(ErasureSetup setup) {
    this.setup = setup;
    this.store = new ErasureStore(setup.control());
    this.scopes = new ErasureScopes(setup.cases());
    this.steps = new ErasureSteps(setup, store, scopes);
    underWay.addAll(store.underWay());
  }

  /** Tables of the control store that erasure needs. */
  public static List<Table> tables() {
    return List.of(ErasureStore.TABLE);
  }

  /**
   * Begins a request's erasure: of the people that a scope names, within its accounts, channels and
   * interval; of everybody in an account's records when it names accounts only.
   *
   * @param id of the request, whose case is there
   * @throws ErasureException.Begun when it was begun before
   * @throws ErasureException.NobodyNamed when a subject is not a person
   */
  public synchronized void begin(CaseId id, List<CaseScope> people) {
    ErasureSearch.check(people);
    if (store.find(id).isPresent()) {
      throw new ErasureException.Begun();
    }
    scopes.keep(id, people);
    store.put(id, ErasureStatus.begun());
    underWay.add(id);
  }

  /** What such an erasure would erase now; reads all of it before it returns. */
  public ErasurePlan plan(List<CaseScope> people) {
    ErasureSearch.check(people);
    SortedMap<MonthId, ErasurePlan.Count> months = new TreeMap<>();
    ErasureSearch search =
        new ErasureSearch(
            setup,
            people,
            row -> {
              boolean isRecord = row.suspended() == null;
              months.merge(
                  row.month(),
                  new ErasurePlan.Count(isRecord ? 1 : 0, isRecord ? 0 : 1),
                  ErasurePlan.Count::plus);
            });
    while (search.step()) {
      // Until all is looked at.
    }
    return new ErasurePlan(months);
  }

  /**
   * Erases again what an erasure erased, by its ledger: for a backup of before that was restored.
   * What is not there any more, or is erased, stays as it is.
   *
   * @throws ErasureException.Begun when it was never done
   */
  public synchronized void reapply(CaseId id) {
    ErasureStatus done =
        store
            .find(id)
            .filter(status -> status.state() == ErasureState.DONE)
            .orElseThrow(ErasureException.Begun::new);
    store.put(id, done.in(ErasureState.FOUND));
    underWay.add(id);
  }

  /** Erasures that have begun and are not done. */
  List<CaseId> underWay() {
    return List.copyOf(underWay);
  }

  /** Whether an erasure has found what it erases, or is further: it must come to its end. */
  public boolean isFound(CaseId id) {
    return store.find(id).filter(status -> status.state() != ErasureState.BEGUN).isPresent();
  }

  /** How far an erasure is. */
  public Optional<ErasureStatus> status(CaseId id) {
    return store.find(id);
  }

  /** Why an erasure does not go on at the moment, if that is known. */
  public Optional<String> waitsFor(CaseId id) {
    return Optional.ofNullable(waits.get(id));
  }

  /** Accounts whose records an erasure found, the first thousand by name; none before that. */
  public List<String> accounts(CaseId id) {
    return scopes.accounts(id);
  }

  /** Lets an erasure go on that failed. */
  public void resume(CaseId id) {
    stopped.remove(id);
  }

  /**
   * Takes a step of one erasure; returns 1, or 0 when it waits or is done.
   *
   * @throws ErasureException.Stopped when it does not go on before it is resumed
   */
  public int doWork(CaseId id) {
    boolean stepped = underWay.contains(id) && !stopped.contains(id) && step(id);
    if (stopped.contains(id)) {
      throw new ErasureException.Stopped(waits.getOrDefault(id, ""));
    }
    return stepped ? 1 : 0;
  }

  /** Takes one step of the first erasure that can take one; returns 1, or 0 when none can. */
  public int doWork() {
    for (CaseId id : underWay) {
      if (!stopped.contains(id) && step(id)) {
        return 1;
      }
    }
    return 0;
  }

  private boolean step(CaseId id) {
    synchronized (stepping) {
      return stepAlone(id);
    }
  }

  private boolean stepAlone(CaseId id) {
    try {
      Optional<ErasureStatus> status = store.find(id);
      if (status.isEmpty() || status.get().state() == ErasureState.DONE) {
        underWay.remove(id);
        steps.forget(id);
        return true;
      }
      boolean stepped = steps.step(id, status.get());
      if (stepped) {
        waits.remove(id);
        if (status.get().state() == ErasureState.DRAINED) {
          underWay.remove(id);
        }
      }
      return stepped;
    } catch (RuntimeException failure) {
      steps.forget(id);
      if (failure instanceof OwnStreamException || Recoverable.is(failure)) {
        if (!reason(failure).equals(waits.put(id, reason(failure)))) {
          LOG.warn(Event.ERASURE_RETRIED.code(), "{} is tried again: {}", id, reason(failure));
        }
      } else {
        stopped.add(id);
        waits.put(id, reason(failure));
        LOG.error(Event.ERASURE_STOPPED.code(), "{} does not go on: {}", id, reason(failure));
      }
      return false;
    }
  }

  /** Type and place; never the message, which may be another's and name somebody. */
  private static String reason(RuntimeException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String type = failure.getClass().getName();
    return type + " at " + (trace.length == 0 ? "unknown place" : trace[0]);
  }
}
