package vellum.ingest.api;

import vellum.core.audit.Checkpoints;
import vellum.core.audit.Trail;

/**
 * The audit trail, which answers are written to before they are given, and which can be read.
 *
 * @param trail every entry
 * @param checkpoints what was signed over them
 */
public record AuditPorts(Trail trail, Checkpoints checkpoints) {}
