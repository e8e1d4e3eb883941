package vellum.ingest.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.KeyRing;
import vellum.core.envelope.AgencyCertificate;
import vellum.core.envelope.EnvelopeException;
import vellum.core.order.DisclosureJournal;
import vellum.core.order.DiskPackages;
import vellum.core.order.EmergencyWatch;
import vellum.core.order.OrderDesk;
import vellum.core.order.OrderException;
import vellum.core.order.OrderParts;
import vellum.core.order.OrderWorker;
import vellum.core.order.PackageParts;
import vellum.core.order.Packages;
import vellum.core.order.WorkerParts;
import vellum.core.period.ContentFinder;
import vellum.core.period.RecordFinder;
import vellum.core.period.UsageFinder;
import vellum.core.policy.Authorities;
import vellum.core.record.MonthCalendar;
import vellum.core.search.ErasedPeriods;
import vellum.core.search.ScopeSearch;
import vellum.core.search.SearchParts;
import vellum.core.search.UsageSearch;
import vellum.ingest.api.OrderPorts;
import vellum.ingest.api.Warning;

/**
 * Orders of authorities in a node: their desk, their worker, their packages. {@link #doWork} is for
 * one thread, the rest is thread-safe.
 */
final class Ordering {

  private static final int PAGE_RECORDS = 1_000;

  private final OrderDesk desk;
  private final OrderWorker worker;
  private final EmergencyWatch watch;
  private final Packages packages;
  private final DisclosureJournal journal;

  /** Certificate of the key that signs packages, in PEM. */
  private final String signer;

  private Ordering(
      OrderDesk desk,
      OrderWorker worker,
      EmergencyWatch watch,
      Packages packages,
      DisclosureJournal journal,
      String signer) {
    this.desk = desk;
    this.worker = worker;
    this.watch = watch;
    this.packages = packages;
    this.journal = journal;
    this.signer = signer;
  }

  /**
   * Opens it.
   *
   * @param erased says what is no longer held
   * @throws NodeException.BadConfig naming the file of authorities, and in it line and field
   */
  static Ordering open(Lawful.Parts parts, ErasedPeriods erased) {
    Vault vault = parts.vault();
    CasesConfig config = parts.config().cases();
    Authorities authorities = config.readAuthorities();
    InstantSource clock = parts.machine().clock();
    DisclosureJournal journal = new DisclosureJournal(vault.control());
    OrderDesk desk =
        new OrderDesk(
            new OrderParts(
                parts.cases().files(),
                () -> authorities,
                erased::isAnyHeld,
                Ordering::requireCertificate,
                journal,
                clock,
                Period.ofYears(config.orderYears())));
    Packages packages = packages(parts, clock);
    OrderWorker worker =
        new OrderWorker(
            new WorkerParts(
                desk,
                search(vault),
                usage(vault),
                erased::of,
                () -> vault.held().periods().months(),
                packages,
                vault.auditing().audit(),
                Duration.ofDays(config.packageDays()),
                PAGE_RECORDS));
    return new Ordering(
        desk,
        worker,
        new EmergencyWatch(desk, clock),
        packages,
        journal,
        vault.keys().disclosure().certificatePem());
  }

  private static Packages packages(Lawful.Parts parts, InstantSource clock) {
    Vault vault = parts.vault();
    CasesConfig config = parts.config().cases();
    Path schema = config.etsiSchema();
    @Nullable Path set = schema.toString().isEmpty() ? null : schema;
    return new DiskPackages(
        config.packagesIn(parts.config().node().data()),
        new PackageParts(
            vault.keys().disclosure(),
            parts.machine().disk(),
            parts.machine().random(),
            clock,
            config.stamps(),
            config.provider(),
            set,
            () -> String.valueOf(vault.policy().current().version()),
            ProgramVersion.text()));
  }

  private static ScopeSearch search(Vault vault) {
    KeyRing keys = vault.keys().ring();
    MonthCalendar calendar = vault.policy().calendar();
    return new ScopeSearch(
        new SearchParts(
            new RecordFinder(vault.months(), calendar, keys),
            vault.months(),
            vault.held().periods(),
            keys,
            calendar,
            new ContentFinder(vault.months(), keys)));
  }

  private static UsageSearch usage(Vault vault) {
    KeyRing keys = vault.keys().ring();
    return new UsageSearch(new UsageFinder(vault.months(), vault.policy().calendar(), keys), keys);
  }

  private static void requireCertificate(String pem, Instant now) {
    try {
      AgencyCertificate.of(pem, now);
    } catch (EnvelopeException e) {
      throw new OrderException.CertificateRefused(e.code(), String.valueOf(e.getMessage()));
    }
  }

  /** What answers about orders. */
  OrderPorts ports() {
    return new OrderPorts(desk, worker::progress, packages, journal, signer);
  }

  /** A bounded step. A failure of a run ends that one, and not the node. */
  int doWork() {
    return watch.doWork() + worker.doWork();
  }

  /** What somebody must look at. */
  List<Warning> warnings() {
    int overdue = watch.overdue();
    return overdue == 0
        ? List.of()
        : List.of(
            new Warning(
                Warning.Code.EMERGENCY_UNAPPROVED,
                overdue + " orders ran in an emergency, and nobody approved them in time"));
  }

  void measure(MeterRegistry meters) {
    Gauge.builder("vellum.orders.unconfirmed", watch, EmergencyWatch::waiting)
        .description("Orders that ran in an emergency and that nobody has decided on")
        .register(meters);
    Gauge.builder("vellum.orders.overdue", watch, EmergencyWatch::overdue)
        .description("Those of them that nobody has decided on within 24 hours")
        .register(meters);
  }
}
