package vellum.core.order;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import vellum.core.casefile.CaseFiles;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.period.RecordStore;
import vellum.core.period.UsageFinder;
import vellum.core.policy.Authorities;
import vellum.core.policy.AuthorityFile;
import vellum.core.policy.PolicyStore;
import vellum.core.retention.PolicyHistory;
import vellum.core.retention.StripRig;
import vellum.core.seal.ContentSource;
import vellum.core.search.ErasedPeriods;
import vellum.core.search.NoVaults;
import vellum.core.search.ScopeSearch;
import vellum.core.search.SearchParts;
import vellum.core.search.UsageSearch;

/** Orders over a whole engine, driven step by step. */
final class OrderRig implements AutoCloseable {

  static final String ANNA = "+491700000001";
  static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
  static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");

  private static final String TABLE =
      """
      format: 1
      home: [DE]
      foreign:
        - {country: FR, answer: allow, basis: a treaty, verified: true}
      authorities:
        - {id: court, name: a court, country: DE, type: court, verified: true}
        - {id: french, name: a prosecutor, country: FR, type: prosecutor, verified: true}
        - {id: american, name: a bureau, country: US, type: police, verified: true}
      """;

  final StripRig engine;
  final MemoryPackages packages = new MemoryPackages();
  final CaseFiles cases;
  final DisclosureJournal journal;
  final OrderDesk desk;
  final PolicyStore policies;
  Authorities authorities = AuthorityFile.read(TABLE);
  OrderWorker worker;

  OrderRig(Path directory) {
    engine = new StripRig(directory);
    engine.versions.set(0, new PolicyHistory.Accepted("1", Instant.EPOCH, engine.calendar));
    cases = CaseFiles.open(engine.control, engine.keys, new SecureRandom(), () -> engine.wall);
    journal = new DisclosureJournal(engine.control);
    policies = PolicyStore.open(engine.control, null, () -> engine.wall);
    desk =
        new OrderDesk(
            new OrderParts(
                cases,
                () -> authorities,
                erased()::isAnyHeld,
                OrderRig::requireCertificate,
                journal,
                () -> engine.wall,
                Period.ofDays(365)));
    worker = newWorker();
  }

  private ErasedPeriods erased() {
    return new ErasedPeriods(
        engine.catalog, engine.keys, engine.evidence, engine.certificates, policies);
  }

  /** A worker as a new start makes it. */
  OrderWorker newWorker() {
    return newWorker(1_000);
  }

  OrderWorker newWorker(int pageRecords) {
    return newWorker(pageRecords, engine.months);
  }

  /** A worker that finds months in a store of the test's. */
  OrderWorker newWorker(int pageRecords, RecordStore months) {
    ScopeSearch search =
        new ScopeSearch(
            new SearchParts(
                engine.finder,
                months,
                new NoVaults(),
                engine.keys,
                engine.calendar,
                ContentSource.NONE));
    return new OrderWorker(
        new WorkerParts(
            desk,
            search,
            new UsageSearch(
                new UsageFinder(engine.months, engine.calendar, engine.keys), engine.keys),
            erased()::of,
            Collections::emptySortedSet,
            packages,
            engine.trail,
            Duration.ofDays(30),
            pageRecords));
  }

  private static void requireCertificate(String pem, Instant now) {
    if (!pem.equals("good")) {
      throw new OrderException.CertificateRefused(
          "CERTIFICATE_" + pem, "the certificate is " + pem);
    }
  }

  static CaseScope scope() {
    return new CaseScope(
        List.of(CaseSubject.of(CaseSubject.Kind.NUMBER, ANNA)),
        new TreeSet<>(),
        FROM,
        TO,
        Set.of());
  }

  static NewOrder order() {
    return order("court", scope(), false, "good");
  }

  static NewOrder order(String authority, CaseScope scope, boolean emergency, String certificate) {
    return new NewOrder(
        authority,
        null,
        "section 100g",
        "5 Js 12/26",
        Instant.parse("2029-01-01T00:00:00Z"),
        emergency,
        scope,
        Set.of(),
        certificate,
        Set.of());
  }

  /** Lets the worker work until it has nothing to do. */
  void work() {
    for (int rounds = 0; worker.doWork() > 0; rounds++) {
      if (rounds > 10_000) {
        throw new AssertionError("the worker does not come to an end");
      }
    }
  }

  @Override
  public void close() {
    worker.close();
    engine.close();
  }
}
