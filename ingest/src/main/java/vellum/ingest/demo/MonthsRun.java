package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.EndpointException;
import vellum.ingest.endpoint.RecordUpload;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/**
 * A data directory that has lived for months, made in minutes: a server on moved clocks takes each
 * month's records while its clock stands in that month, and erases meanwhile what falls due. For
 * one thread.
 */
public final class MonthsRun {

  private static final int PROGRESS_MESSAGES = 4096;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST_STRIP = Duration.ofMinutes(30);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Screen screen;
  private final DemoServer servers;
  private final InstantSource real;
  private final MonthsPlan plan;

  /**
   * What became of it.
   *
   * @param messages about records
   * @param events of the usage log
   * @param status of retention, as the server answers it
   */
  public record Made(long messages, long events, long rejected, JsonNode status) {}

  public MonthsRun(Screen screen, DemoServer servers, InstantSource real, MonthsPlan plan) {
    this.screen = screen;
    this.servers = servers;
    this.real = real;
    this.plan = plan;
  }

  /**
   * Makes it.
   *
   * @param data absent or empty
   */
  public Made run(Path data) throws IOException {
    Instant first = plan.parts().get(0).traffic().from();
    MovedClock clock = new MovedClock(real, System::nanoTime, first);
    try (DemoServer.Running running = servers.start(data, clock, clock::nanos);
        ProgressMeter meter = new ProgressMeter(screen, "months", "records", System::nanoTime)) {
      Endpoint endpoint = Endpoint.of(data);
      ServerCalls calls = new ServerCalls(endpoint);
      calls.post("/v1/accounts/import", "application/yaml", SampleFiles.accounts());
      calls.post("/v1/accounts/import", "application/yaml", MonthsExtras.registry(plan.whole()));
      AtomicLong rejected = new AtomicLong();
      long messages = 0;
      long events = 0;
      long records = 0;
      for (MonthsPlan.Part part : plan.parts()) {
        // What falls due with the month goes at its beginning, not when its records are there.
        clock.moveTo(part.traffic().from().plusSeconds(1));
        awaitRetention(calls);
        clock.moveTo(part.streamedAt());
        try (RecordUpload upload =
            RecordUpload.open(
                endpoint,
                (row, code, reason) -> rejected.incrementAndGet(),
                ports("month " + part.month(), clock))) {
          messages += stream(part, upload, meter, records);
          events += streamUsage(part, upload);
        }
        records += part.traffic().records();
        // Look-ups wait for all that was acknowledged: the month is applied, then time goes on.
        calls.get("/v1/records/count");
      }
      clock.moveTo(real.instant());
      awaitRetention(calls);
      return new Made(messages, events, rejected.get(), calls.get("/v1/retention/status"));
    }
  }

  private long stream(MonthsPlan.Part part, RecordUpload upload, ProgressMeter meter, long before) {
    TrafficGenerator generator = new TrafficGenerator(part.traffic());
    while (generator.next()) {
      upload.send(MonthsExtras.withContent(generator.record()), generator.messages());
      if (generator.messages() % PROGRESS_MESSAGES == 0) {
        long done = before + generator.distinctRecords();
        meter.at(done, plan.traffic().records(), done);
      }
    }
    upload.flush();
    return generator.messages();
  }

  private static long streamUsage(MonthsPlan.Part part, RecordUpload upload) {
    UsageGenerator generator = MonthsExtras.usage(part.traffic());
    while (generator.next()) {
      upload.sendUsage(generator.event(), generator.events());
    }
    upload.flush();
    return generator.events();
  }

  /** Waits until nothing that is due is left, where the server has retention. */
  private static void awaitRetention(ServerCalls calls) {
    long deadline = System.nanoTime() + LONGEST_STRIP.toNanos();
    try {
      while (isDue(calls.get("/v1/retention/status"))) {
        if (System.nanoTime() - deadline > 0) {
          throw new EndpointException.Unreachable(
              "months that are due were not erased in "
                  + Figures.duration(LONGEST_STRIP)
                  + "; see: vellum retention status");
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    } catch (EndpointException.Problem e) {
      if (e.status() != 404) {
        throw e;
      }
    }
  }

  /** Whether anything is overdue, past its deadline, or on its way out. */
  static boolean isDue(JsonNode status) {
    if (status.path("overdue").asLong() > 0) {
      return true;
    }
    Instant at = Instant.parse(status.path("at").asText());
    for (JsonNode period : status.path("periods")) {
      String stage = period.path("stage").asText();
      boolean settled =
          stage.equals("LIVE")
              || stage.equals("MAKING")
              || stage.equals("ARCHIVED")
              || stage.equals("EXPIRED");
      boolean identitiesDue =
          stage.equals("LIVE")
              && period.hasNonNull("identities_gone_by")
              && !Instant.parse(period.path("identities_gone_by").asText()).isAfter(at);
      if (!settled || identitiesDue) {
        return true;
      }
    }
    return false;
  }

  private static RecordUpload.Ports ports(String name, InstantSource clock) {
    return new RecordUpload.Ports(
        name,
        PATIENCE,
        clock.millis(),
        System::nanoTime,
        new SecureRandom(),
        Executors.defaultThreadFactory());
  }
}
