package vellum.ingest.api;

import vellum.core.casefile.CaseAudit;
import vellum.core.hold.HoldDesk;

/**
 * What answers about holds, orders and people's requests.
 *
 * @param audit entries about cases: what is secret is sealed
 */
public record LawfulPorts(CaseAudit audit, HoldDesk holds) {}
