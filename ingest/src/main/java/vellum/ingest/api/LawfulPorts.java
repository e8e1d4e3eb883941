package vellum.ingest.api;

import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseAudit;
import vellum.core.hold.HoldDesk;
import vellum.core.search.ErasedPeriods;
import vellum.core.search.VaultSearch;

/**
 * What answers about holds, orders and people's requests.
 *
 * @param audit entries about cases: what is secret is sealed
 * @param kept finds what holds keep
 * @param erased says what of a scope is no longer held
 * @param orders about orders of authorities; without it, their paths are not there
 * @param requests about people's requests; without it, their paths are not there
 */
public record LawfulPorts(
    CaseAudit audit,
    HoldDesk holds,
    VaultSearch kept,
    ErasedPeriods erased,
    @Nullable OrderPorts orders,
    @Nullable RequestPorts requests) {}
