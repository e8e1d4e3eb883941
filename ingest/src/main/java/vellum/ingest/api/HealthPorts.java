package vellum.ingest.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/**
 * How a node is, for people, probes and Prometheus.
 *
 * @param status everything
 * @param reasons why no records are taken, empty when they are; cheap
 * @param meters count the requests
 * @param scrape all meters in Prometheus's text format, version 0.0.4
 */
public record HealthPorts(
    Supplier<Status> status,
    Supplier<List<Reason>> reasons,
    MeterRegistry meters,
    Supplier<String> scrape) {

  /** A server without figures. */
  public static HealthPorts of(Supplier<Status> status, Supplier<List<Reason>> reasons) {
    return new HealthPorts(status, reasons, new SimpleMeterRegistry(), () -> "");
  }

  /** A sealed server, which has no parts to tell of. */
  public static HealthPorts sealed(
      Supplier<List<Reason>> reasons, MeterRegistry meters, Supplier<String> scrape) {
    return new HealthPorts(
        () -> {
          throw new IllegalStateException("a sealed server has no status");
        },
        reasons,
        meters,
        scrape);
  }
}
