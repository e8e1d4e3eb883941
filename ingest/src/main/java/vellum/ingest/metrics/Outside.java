package vellum.ingest.metrics;

import java.util.Set;
import vellum.ingest.api.Reason;

/** What of a server can be seen without its keys: the part that samples of every server have. */
interface Outside {

  /** Why no records are taken; empty when they are. */
  Set<Reason.Code> reasons();

  /** Free space of the data directory's disk; -1 when it is not known. */
  long freeBytes();

  /** Seconds until the servers' certificate ends; NaN without TLS. */
  double certificateSeconds();

  /** Answers withheld because the audit trail could not be written, since the start. */
  long auditFailures();
}
