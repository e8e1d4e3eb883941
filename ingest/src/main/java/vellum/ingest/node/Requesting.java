package vellum.ingest.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.Period;
import java.util.List;
import vellum.core.apply.Applier;
import vellum.core.apply.MonthFlusher;
import vellum.core.casefile.Asker;
import vellum.core.crypto.KeyRing;
import vellum.core.hold.HeldFirst;
import vellum.core.hold.HoldVaults;
import vellum.core.hold.VaultParts;
import vellum.core.journal.OwnStream;
import vellum.core.period.ContentFinder;
import vellum.core.period.RecordFinder;
import vellum.core.period.UsageFinder;
import vellum.core.record.MonthCalendar;
import vellum.core.search.Reach;
import vellum.core.search.ScopeSearch;
import vellum.core.search.SearchParts;
import vellum.core.subject.AnswerParts;
import vellum.core.subject.AnswerTexts;
import vellum.core.subject.ErasureSetup;
import vellum.core.subject.ErasureWorker;
import vellum.core.subject.PackagedParcels;
import vellum.core.subject.RequestDesk;
import vellum.core.subject.RequestWorker;
import vellum.core.subject.Restrictions;
import vellum.ingest.api.RequestPorts;
import vellum.ingest.api.Warning;

/**
 * People's requests in a node: desk, restrictions, and what makes their answers. {@link #doWork} is
 * for one thread, the rest is thread-safe.
 */
final class Requesting {

  /** Stream by which corrections and erasures go into the journal. */
  private static final String STREAM = "requests";

  private static final Duration WITHIN = Duration.ofSeconds(20);

  private final RequestPorts ports;

  /** What works on the months. */
  record Engines(Applier applier, MonthFlusher flusher, VaultParts vaults, HoldVaults held) {}

  Requesting(Lawful.Parts parts, Engines engines) {
    Cases cases = parts.cases();
    Vault.Machine machine = parts.machine();
    SecureRandom random = machine.random();
    InstantSource clock = machine.clock();
    Restrictions restrictions = new Restrictions(random);
    AnswerTexts texts = AnswerTexts.read();
    AnswerParts answers = answers(parts, engines, texts);
    RequestDesk desk =
        RequestDesk.open(
            cases.files(),
            restrictions,
            texts,
            clock,
            Period.ofYears(parts.config().cases().requestYears()),
            answers.erasures()::isFound);
    RequestWorker worker =
        RequestWorker.open(desk, answers, Duration.ofDays(parts.config().cases().packageDays()));
    this.ports = new RequestPorts(desk, worker, restrictions, answers, clock);
  }

  private static AnswerParts answers(Lawful.Parts parts, Engines engines, AnswerTexts texts) {
    Vault vault = parts.vault();
    Cases cases = parts.cases();
    Vault.Machine machine = parts.machine();
    KeyRing keys = vault.keys().ring();
    MonthCalendar calendar = vault.policy().calendar();
    RecordFinder finder = new RecordFinder(vault.months(), calendar, keys);
    OwnStream own = parts.sealing().own().open(STREAM);
    Path packages = parts.config().cases().packagesIn(parts.config().node().data());
    return new AnswerParts(
        new ScopeSearch(
            new SearchParts(
                finder,
                vault.months(),
                vault.held().periods(),
                keys,
                calendar,
                new ContentFinder(vault.months(), keys))),
        () -> new Reach(cases.holds().vaults(Asker.NOBODY), false),
        new UsageFinder(vault.months(), calendar, keys),
        keys,
        () -> vault.policy().current().policy(),
        texts,
        new PackagedParcels(
            packages,
            new PackagedParcels.Making(
                vault.keys().disclosure(), machine.disk(), machine.random(), machine.clock()),
            () -> Integer.toString(vault.policy().current().version()),
            ProgramVersion.text()),
        erasures(parts, engines, finder, own),
        () -> own,
        vault.journal()::forced,
        () -> engines.applier().progress().sequence(),
        vault.auditing().audit(),
        machine.clock());
  }

  private static ErasureWorker erasures(
      Lawful.Parts parts, Engines engines, RecordFinder finder, OwnStream own) {
    Vault vault = parts.vault();
    HeldFirst held = new HeldFirst(engines.vaults(), engines.held());
    return new ErasureWorker(
        new ErasureSetup(
            vault.control(),
            parts.cases().files(),
            vault.months(),
            finder,
            vault.keys().ring(),
            vault.policy().calendar(),
            vault.journal(),
            parts.keeping().epochs(),
            engines.applier(),
            engines.flusher(),
            () -> own,
            held::keep,
            WITHIN,
            () -> engines.applier().progress().sequence()));
  }

  RequestPorts ports() {
    return ports;
  }

  /** Takes a step of every answer that is being made; returns how many. */
  int doWork() {
    return ports.worker().doWork();
  }

  /** Removes what is not finished; to be called when nobody works any more. */
  void close() {
    ports.worker().close();
  }

  void measure(MeterRegistry meters) {
    Gauge.builder("vellum.requests.overdue", ports.desk(), RequestDesk::overdue)
        .description("People's requests past their deadline, not answered")
        .register(meters);
  }

  /** What somebody must look at. */
  List<Warning> warnings() {
    int overdue = ports.desk().overdue();
    return overdue == 0
        ? List.of()
        : List.of(
            new Warning(
                Warning.Code.REQUEST_OVERDUE,
                overdue
                    + (overdue == 1 ? " request of a person is" : " requests of people are")
                    + " past the deadline: vellum request list --overdue"));
  }
}
