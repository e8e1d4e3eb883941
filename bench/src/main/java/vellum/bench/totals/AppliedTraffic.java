package vellum.bench.totals;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import vellum.bench.engine.Engine;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;
import vellum.core.billing.Cube;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.seal.BatchSealer;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;

/** One journal full of generated traffic, applied by one thread, which also flushes. */
final class AppliedTraffic implements AutoCloseable {

  private static final int BATCH = 500;

  private final Engine engine;
  private long messages;

  /** What applying took: CPU of its thread, and time, in nanoseconds a message. */
  record Cost(double cpuNanos, double nanos, double flushCpuNanos, long cells) {}

  AppliedTraffic(Path directory, MonthCalendar calendar, Instant now) {
    engine = new Engine(directory, calendar, now);
  }

  /** Fills the journal. */
  void send(GeneratorOptions options) {
    BatchSealer sealer = engine.sealer();
    TrafficGenerator traffic = new TrafficGenerator(options);
    boolean more = true;
    while (more) {
      sealer.begin(account -> true);
      int count = 0;
      while (count < BATCH && more) {
        more = traffic.next();
        if (more) {
          byte[] message = traffic.record().toByteArray();
          sealer.add(message, 0, message.length);
          count++;
        }
      }
      if (count > 0) {
        engine.append(sealer.finish());
        messages += count;
      }
    }
    engine.force();
  }

  /** Applies all of it, and flushes at the end. */
  Cost apply() {
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long start = System.nanoTime();
    engine.apply();
    long flushCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    engine.flush();
    long nanos = System.nanoTime() - start;
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return new Cost(
        (double) (end - cpu) / messages,
        (double) nanos / messages,
        (double) (end - flushCpu) / messages,
        cells());
  }

  /** Cells of all months. */
  private long cells() {
    CellMap all = new CellMap();
    for (MonthId month : engine.months().months()) {
      try (RecordStore.Hold hold = engine.months().hold(month)) {
        for (Cube cube : Cube.values()) {
          hold.month().cells(CellRange.all(cube), all::add);
        }
      }
    }
    return all.size();
  }

  long messages() {
    return messages;
  }

  @Override
  public void close() {
    engine.close();
  }
}
