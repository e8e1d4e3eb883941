package vellum.ingest.node;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vellum.core.apply.Applier;
import vellum.core.disk.Disk;
import vellum.core.period.Month;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;
import vellum.ingest.api.Status;

/** Gathers how a node is. Thread-safe. */
final class StatusReader {

  private static final String INGEST = "vellum.ingest.";

  private final Vault vault;
  private final Applier applier;
  private final Lawful lawful;
  private final Health health;
  private final MeterRegistry meters;
  private final Instant startedAt;
  private final Surroundings around;

  StatusReader(
      Vault vault, Engine engine, Health health, MeterRegistry meters, Surroundings around) {
    this.vault = vault;
    this.applier = engine.applier();
    this.lawful = engine.lawful();
    this.health = health;
    this.meters = meters;
    this.startedAt = around.clock().instant();
    this.around = around;
  }

  /** What the status needs of the world. */
  record Surroundings(InstantSource clock, Disk disk, Path data) {

    /** Free space of the data directory's disk; -1 when it is not known. */
    long freeBytes() {
      try {
        return disk.usableBytes(data);
      } catch (IOException e) {
        return -1;
      }
    }
  }

  Instant startedAt() {
    return startedAt;
  }

  Status read() {
    return new Status(
        health.trouble(),
        startedAt,
        around.clock().instant(),
        vault.journal().stats(),
        vault.journal().admission(),
        vault.journal().segments(),
        applier.progress(),
        applier.floor(),
        months(),
        ingest(),
        around.freeBytes(),
        lawful.warnings());
  }

  private List<Status.Month> months() {
    List<Status.Month> months = new ArrayList<>();
    for (MonthId id : vault.months().months()) {
      vault
          .months()
          .holdExisting(id)
          .ifPresent(
              hold -> {
                try (RecordStore.Hold held = hold) {
                  Month month = held.month();
                  months.add(
                      new Status.Month(
                          id,
                          month.state(),
                          month.stats(),
                          month.unflushedBytes(),
                          month.suspended()));
                }
              });
    }
    return months;
  }

  private Map<String, Double> ingest() {
    Map<String, Double> counters = new TreeMap<>();
    for (Meter meter : meters.getMeters()) {
      Meter.Id id = meter.getId();
      boolean isOneNumber = meter instanceof Counter || meter instanceof Gauge;
      if (isOneNumber && id.getName().startsWith(INGEST)) {
        String label = id.getTags().isEmpty() ? "" : "." + id.getTags().get(0).getValue();
        for (Measurement measurement : meter.measure()) {
          if (label.isEmpty() || measurement.getValue() != 0) {
            counters.put(id.getName().substring(INGEST.length()) + label, measurement.getValue());
          }
        }
      }
    }
    return counters;
  }
}
