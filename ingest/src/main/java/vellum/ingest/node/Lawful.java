package vellum.ingest.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.apply.Applier;
import vellum.core.apply.MonthFlusher;
import vellum.core.casefile.CaseExpiry;
import vellum.core.hold.HoldDesk;
import vellum.core.hold.HoldVaults;
import vellum.core.hold.HoldWorker;
import vellum.core.hold.PlacedHolds;
import vellum.core.hold.VaultParts;
import vellum.core.log.Event;
import vellum.core.retention.Holds;
import vellum.core.retention.VaultEnd;
import vellum.core.search.ErasedPeriods;
import vellum.core.search.VaultSearch;
import vellum.ingest.api.LawfulPorts;
import vellum.ingest.api.Warning;

/**
 * Holds and other cases in a node: their vaults and what works on them. {@link #doWork} is for one
 * thread, the rest is thread-safe.
 */
final class Lawful {

  private static final Logger LOG = LoggerFactory.getLogger(Lawful.class);

  /** Stream by which copies go into the journal; its name tells nothing. */
  private static final String STREAM = "upkeep";

  private static final Duration EXPIRE_EVERY = Duration.ofMinutes(1);

  private final Cases cases;
  private final HoldVaults vaults;
  private final HoldWorker holds;
  private final CaseExpiry expiry;
  private final VaultSearch kept;
  private final ErasedPeriods erased;
  private final Requesting requests;
  private final InstantSource erasing;
  private final LongSupplier nanos;
  private final Attempt copying;
  private final Attempt ending;
  private final Attempt answering;
  private final Ordering orders;
  private final Attempt ordering;
  private long expiredNanos;

  /** What a node has already. */
  record Parts(
      NodeConfig config,
      Vault vault,
      Keeping keeping,
      Cases cases,
      Sealing sealing,
      Vault.Machine machine,
      LongSupplier nanos) {}

  Lawful(Parts parts, Applier applier, MonthFlusher flusher) {
    Vault vault = parts.vault();
    this.cases = parts.cases();
    this.erasing = parts.keeping().clock()::erasureNow;
    this.nanos = parts.nanos();
    VaultParts vaultParts = vaultParts(parts, applier, flusher);
    this.vaults = new HoldVaults(vaultParts);
    this.kept =
        new VaultSearch(vault.held().periods(), vault.keys().ring(), vault.policy().calendar());
    this.erased =
        new ErasedPeriods(
            vault.catalog(),
            vault.keys().ring(),
            parts.keeping().evidence(),
            parts.keeping().certificates(),
            vault.policy());
    this.requests =
        new Requesting(parts, new Requesting.Engines(applier, flusher, vaultParts, vaults));
    this.holds =
        new HoldWorker(
            new HoldWorker.Parts(
                cases.holds(),
                vaults,
                new HoldCertifier(vault, parts.keeping(), vaults),
                cases.audit(),
                erasing::instant,
                Period.ofYears(parts.config().cases().holdYears())));
    this.expiry =
        new CaseExpiry(
            cases.files(),
            cases.audit(),
            vault.control(),
            () -> HoldCertifier.endCopies(vault, parts.keeping()));
    this.copying = new Attempt(vaults::doWork);
    this.ending = new Attempt(this::expire);
    this.answering = new Attempt(requests::doWork);
    this.orders = Ordering.open(parts, erased);
    this.ordering = new Attempt(orders::doWork);
    this.expiredNanos = nanos.getAsLong() - EXPIRE_EVERY.toNanos();
  }

  private VaultParts vaultParts(Parts parts, Applier applier, MonthFlusher flusher) {
    Vault vault = parts.vault();
    Keeping keeping = parts.keeping();
    return new VaultParts(
        new VaultParts.Scope(vault.months(), vault.catalog()),
        vault.held(),
        vault.keys().ring(),
        vault.policy().calendar(),
        parts.sealing().own().open(STREAM),
        PlacedHolds.of(cases.holds(), parts.machine().clock()),
        cases.scopes(),
        keeping.epochs(),
        vault.journal(),
        applier,
        vault.control(),
        new VaultEnd(
            new VaultEnd.Parts(
                vault.held().periods(),
                vault.held().list(),
                vault.keys().ring(),
                vault.journal(),
                keeping.epochs(),
                applier,
                flusher,
                keeping.evidence())),
        erasing);
  }

  /** Measures holds; secret ones are not counted. */
  void measure(MeterRegistry meters) {
    Gauge.builder("vellum.holds", cases.holds(), HoldDesk::openCount)
        .description("Holds that are open, but for secret ones")
        .register(meters);
    requests.measure(meters);
    orders.measure(meters);
  }

  /** What somebody must look at. */
  List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>(orders.warnings());
    warnings.addAll(requests.warnings());
    return warnings;
  }

  /** Takes back what is not finished; to be called when nobody works any more. */
  void close() {
    requests.close();
  }

  /** What a month's end asks before its key dies. */
  Holds holds() {
    return vaults;
  }

  /** What answers about it. */
  LawfulPorts ports() {
    return new LawfulPorts(
        cases.audit(), cases.holds(), kept, erased, orders.ports(), requests.ports());
  }

  /** Takes a step of whatever can take one; returns how many. */
  int doWork() {
    return holds.doWork()
        + copying.doWork()
        + ending.doWork()
        + ordering.doWork()
        + answering.doWork();
  }

  private int expire() {
    if (nanos.getAsLong() - expiredNanos < EXPIRE_EVERY.toNanos()) {
      return 0;
    }
    expiredNanos = nanos.getAsLong();
    Instant now = erasing.instant();
    return expiry.doWork(now);
  }

  /** Work that fails as long as a disk is full, and then goes on; said once. For one thread. */
  private static final class Attempt {
    private final IntSupplier work;
    private boolean failed;

    Attempt(IntSupplier work) {
      this.work = work;
    }

    int doWork() {
      try {
        int done = work.getAsInt();
        failed = false;
        return done;
      } catch (RuntimeException e) {
        if (!failed) {
          failed = true;
          LOG.warn(
              Event.CASE_WAITS.code(),
              "work on a case failed, and is tried again: {}",
              e.getClass().getName());
        }
        return 0;
      }
    }
  }
}
