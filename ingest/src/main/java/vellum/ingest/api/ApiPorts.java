package vellum.ingest.api;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.KeyRing;
import vellum.core.period.RecordFinder;
import vellum.core.period.UsageFinder;
import vellum.core.registry.RegistryStore;
import vellum.core.seal.ContentSource;
import vellum.core.settlement.Askable;
import vellum.core.settlement.TotalsQuery;
import vellum.core.subject.Restrictions;
import vellum.ingest.tls.ServerTls;

/**
 * What the HTTP server needs from outside.
 *
 * @param access who may ask
 * @param askable what questions about billing may name
 * @param acknowledged journal sequence of the last batch that producers were told is safe
 * @param applied journal sequence up to which look-ups see everything
 * @param health how the node is
 * @param retention answers about retention; without it, its paths are not there
 * @param kek answers about the key-encryption key; without it, its paths are not there
 * @param billing what answers about billing and settlement
 * @param audit written to before what it is about is answered
 * @param writes takes records; without it, they cannot be sent here
 * @param lawful answers about holds, orders and people's requests; without it, their paths are not
 *     there
 * @param workers run the handlers; closed by their owner, after the server
 * @param loops makes the event loop's thread
 * @param tls null: HTTP in clear
 */
public record ApiPorts(
    AccessPorts access,
    RecordFinder finder,
    TotalsQuery totals,
    Askable askable,
    UsageFinder usage,
    ContentSource contents,
    RegistryStore registry,
    KeyRing keys,
    LongSupplier acknowledged,
    LongSupplier applied,
    HealthPorts health,
    @Nullable RetentionPort retention,
    @Nullable KekPort kek,
    BillingPorts billing,
    AuditPorts audit,
    @Nullable WritePorts writes,
    @Nullable LawfulPorts lawful,
    ScheduledExecutorService workers,
    ThreadFactory loops,
    @Nullable ServerTls tls) {

  /** Whose identities are not shown; null where nobody can ask for that. */
  @Nullable Restrictions restrictions() {
    RequestPorts requests = lawful == null ? null : lawful.requests();
    return requests == null ? null : requests.restrictions();
  }
}
