package vellum.ingest.metrics;

import java.util.Set;
import vellum.ingest.api.Reason;

/** Figures of a sealed server at one moment. Immutable. */
public record SealedSample(
    Set<Reason.Code> reasons, long freeBytes, double certificateSeconds, long auditFailures)
    implements Outside {

  public SealedSample {
    reasons = Set.copyOf(reasons);
  }
}
