package vellum.core.subject;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import vellum.core.access.Role;
import vellum.core.audit.Draft;
import vellum.core.casefile.Asker;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseSubject;
import vellum.core.period.UsageFinder;
import vellum.core.policy.RetentionPolicy;
import vellum.core.seal.ContentSource;
import vellum.core.seal.SealFixture;
import vellum.core.search.NoVaults;
import vellum.core.search.Reach;
import vellum.core.search.ScopeSearch;
import vellum.core.search.SearchParts;

/** A desk of requests over a whole engine, driven step by step without threads. */
final class AnswerRig implements AutoCloseable {

  static final Asker OFFICER = new Asker("officer", Set.of(Role.PRIVACY), "token");

  final ErasureRig engine;
  final MemoryParcels parcels = new MemoryParcels();
  final List<Draft> trail = new ArrayList<>();
  Instant now = SealFixture.NOW;
  Restrictions restrictions;
  RequestDesk desk;
  RequestWorker worker;

  AnswerRig(Path directory) {
    engine = new ErasureRig(directory);
    open();
  }

  /** Opens desk and worker anew, as a start does. */
  void open() {
    restrictions = new Restrictions(new SecureRandom());
    desk =
        RequestDesk.open(
            engine.cases,
            restrictions,
            AnswerTexts.read(),
            () -> now,
            Period.ofYears(3),
            engine.worker::isFound);
    worker = RequestWorker.open(desk, parts(), Duration.ofDays(30));
  }

  AnswerParts parts() {
    return new AnswerParts(
        new ScopeSearch(
            new SearchParts(
                engine.finder,
                engine.months,
                new NoVaults(),
                engine.keys,
                engine.seal.calendar,
                ContentSource.NONE)),
        () -> Reach.NONE,
        new UsageFinder(engine.months, engine.seal.calendar, engine.keys),
        engine.keys,
        RetentionPolicy::builtIn,
        AnswerTexts.read(),
        parcels,
        engine.worker,
        () -> engine.own,
        engine.journal::forced,
        () -> engine.applier.progress().sequence(),
        content -> {
          trail.add((Draft) content);
          return trail.size();
        },
        () -> now);
  }

  static ProvenSubject number(String number, String from, String to) {
    return ProvenSubject.of(
        CaseSubject.of(CaseSubject.Kind.NUMBER, number),
        Instant.parse(from),
        to.isEmpty() ? null : Instant.parse(to),
        SealFixture.NOW);
  }

  static RequestOrder order(RequestKind kind, List<ProvenSubject> who, String... accounts) {
    return new RequestOrder(
        kind, who, new TreeSet<>(Set.of(accounts)), "card seen", SealFixture.NOW, Optional.empty());
  }

  /** Takes a request in and grants it. */
  CaseId granted(RequestOrder order) {
    CaseId id = desk.create(order, "", OFFICER).id();
    desk.decide(id, true, "proved who they are", false, OFFICER);
    return id;
  }

  /** The same, and answers it; returns the request as it is then. */
  Request answered(RequestOrder order) {
    CaseId id = granted(order);
    worker.answer(id, "", OFFICER);
    run(id);
    return desk.require(id);
  }

  /** Works until a request is not worked at any more. */
  void run(CaseId id) {
    for (int i = 0; i < 2_000 && desk.require(id).state() == RequestState.WORKING; i++) {
      worker.doWork();
      engine.idle();
    }
  }

  @Override
  public void close() {
    worker.close();
    engine.close();
  }
}
