package vellum.ingest.api;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;
import vellum.core.access.RateLimit;
import vellum.core.audit.Draft;

/**
 * Lets look-ups of people through, so many a minute of each caller: who may ask without a bound can
 * fill in a mask by asking for every number that fits it. What is refused is counted, and stands in
 * the audit trail once a minute at most, so that nobody fills the disk with it. Thread-safe.
 */
final class LookupGate {

  private final RateLimit lookups;
  private final RateLimit told;
  private final Counter refused;

  LookupGate(RateLimit lookups, LongSupplier nanos, MeterRegistry meters) {
    this.lookups = lookups;
    this.told = new RateLimit(1, nanos);
    this.refused =
        Counter.builder("vellum.http.lookups.refused")
            .description("Look-ups of people refused, as their caller made too many")
            .register(meters);
  }

  /**
   * Takes a look-up.
   *
   * @param draft what the trail will say of it
   * @throws Problem when its caller made too many: nothing is looked up
   */
  void enter(ServiceRequestContext context, Audited audited, Draft draft) {
    String name = Caller.name(context);
    long waitMs = lookups.take(name);
    if (waitMs == 0) {
      return;
    }
    refused.increment();
    if (told.take(name) == 0) {
      audited.refused(draft);
    }
    throw Problem.tooMany(
        "TOO_MANY_LOOKUPS",
        "at most " + lookups.perMinute() + " look-ups of people a minute",
        waitMs);
  }
}
