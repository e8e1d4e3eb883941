package vellum.bench.find;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.bench.engine.Engine;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.period.RecordFinder;
import vellum.core.seal.ContentSource;
import vellum.core.search.Found;
import vellum.core.search.Reach;
import vellum.core.search.ScopeSearch;
import vellum.core.search.ScopeWalk;
import vellum.core.search.SearchPage;
import vellum.core.search.SearchParts;

/**
 * Asks an open store for people as an order does, page by page over all months, and compares every
 * answer with what was made. For one thread.
 */
final class Asking {

  /** Records of a first page. */
  static final int PAGE = 100;

  /** Of each further one. */
  private static final int FURTHER = 500;

  private final ScopeSearch search;
  private final Reach reach;
  private final People people;
  private final List<Person> busy;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Timing nobody = new Timing("no record");
  private final Timing first = new Timing("one a month: the first");
  private final Timing monthly = new Timing("one a month: all");
  private final Timing busyPage = new Timing("1,000: the first " + PAGE);
  private final Timing busyAll = new Timing("1,000: all");
  private int wrong;

  /**
   * @param months that are filled
   */
  Asking(Engine engine, Reach reach, People people, int months) {
    this.search =
        new ScopeSearch(
            new SearchParts(
                new RecordFinder(engine.months(), SearchedStore.CALENDAR, engine.keys()),
                engine.months(),
                engine.vaults(),
                engine.keys(),
                SearchedStore.CALENDAR,
                ContentSource.NONE));
    this.reach = reach;
    this.people = people;
    this.busy = people.busy(months);
  }

  /** Asks for everybody once. */
  void round(boolean isCold) {
    people.nobody().forEach(one -> all(one, isCold, null, nobody));
    people.forFirst().forEach(one -> first(one, isCold));
    people.forAll().forEach(one -> all(one, isCold, null, monthly));
    busy.forEach(one -> all(one, isCold, busyPage, busyAll));
  }

  List<Timing> timings() {
    return List.of(nobody, first, monthly, busyPage, busyAll);
  }

  /** Answers that were not what was made. */
  int wrong() {
    return wrong;
  }

  private ScopeWalk walk(Person person) {
    CaseSubject number = CaseSubject.of(CaseSubject.Kind.NUMBER, person.number());
    CaseScope scope =
        new CaseScope(
            List.of(number),
            Collections.emptySortedSet(),
            SearchedStore.from(),
            SearchedStore.to(),
            Set.of());
    return search.walk(scope, reach, null);
  }

  private void first(Person person, boolean isCold) {
    long cpu = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    List<Found> found = walk(person).next(1).records();
    first.add(isCold, System.nanoTime() - start, threads.getCurrentThreadCpuTime() - cpu);
    wrong += found.size() == 1 && person.has(id(found.get(0))) ? 0 : 1;
  }

  private void all(Person person, boolean isCold, @Nullable Timing page, Timing all) {
    List<Found> found = new ArrayList<>();
    long cpu = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    ScopeWalk walk = walk(person);
    SearchPage next = walk.next(PAGE);
    if (page != null) {
      page.add(isCold, System.nanoTime() - start, threads.getCurrentThreadCpuTime() - cpu);
    }
    found.addAll(next.records());
    while (next.next() != null) {
      next = walk.next(FURTHER);
      found.addAll(next.records());
    }
    all.add(isCold, System.nanoTime() - start, threads.getCurrentThreadCpuTime() - cpu);
    boolean isClear = found.stream().allMatch(one -> isOf(person, one));
    wrong += isClear && person.isAll(found.stream().map(Asking::id).toList()) ? 0 : 1;
  }

  /** Whether a record is shown with the number that was asked for. */
  private static boolean isOf(Person person, Found found) {
    return found.place() == Found.Place.LIVE
        && found
            .record()
            .getSubmission()
            .getRecipient()
            .getIdentifiers(0)
            .getValue()
            .equals(person.number());
  }

  private static String id(Found found) {
    return found.record().getRecordId();
  }
}
