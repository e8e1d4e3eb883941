package vellum.ingest.api;

import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * Times requests by route and class of status; writes no log. A route is the pattern, never the
 * path that was asked for, so that labels are as many as there are routes. Thread-safe.
 */
final class RequestMeters implements AccessLogWriter {

  private static final int CLASS = 100;

  /** Not measured: who may read figures would see that there is work on holds nobody lists. */
  private static final String HOLDS = "/v1/holds";

  private final MeterRegistry meters;

  RequestMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void log(RequestLog log) {
    String route =
        log.context() instanceof ServiceRequestContext context
            ? context.config().route().patternString()
            : "";
    if (route.startsWith(HOLDS)) {
      return;
    }
    Timer.builder("vellum.http.requests")
        .description("Requests answered, and the time they took, by route and class of status")
        .tags("route", route, "status", log.responseStatus().code() / CLASS + "xx")
        .register(meters)
        .record(log.totalDurationNanos(), TimeUnit.NANOSECONDS);
  }
}
