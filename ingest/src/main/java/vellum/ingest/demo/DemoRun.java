package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.RecordUpload;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/**
 * A record's whole way, shown on a server of its own: records stream in, are sealed, journaled and
 * applied; look-ups find them; a scan of every byte on the disk finds nobody. For one thread.
 */
public final class DemoRun {

  static final String ACCOUNT = "acct-00001";
  static final Instant WINDOW_FROM = Instant.parse("2026-11-18T12:00:00Z");
  static final Instant WINDOW_TO = Instant.parse("2026-11-18T13:00:00Z");

  private static final Instant FIRST = Instant.parse("2026-11-10T00:00:00Z");
  private static final Instant LAST = Instant.parse("2026-11-20T00:00:00Z");
  private static final long SEED = 2026;
  private static final int SUBSCRIBERS = 50_000;
  private static final int PROGRESS_MESSAGES = 4096;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Screen screen;
  private final DemoSettings settings;
  private final DemoServer servers;
  private final InstantSource real;
  private final DemoReport report;

  public DemoRun(Screen screen, DemoSettings settings, DemoServer servers, InstantSource real) {
    this.screen = screen;
    this.settings = settings;
    this.servers = servers;
    this.real = real;
    this.report = new DemoReport(screen);
  }

  /** Runs it; true when every check holds. */
  public boolean run() throws IOException {
    long started = System.nanoTime();
    Path home = Files.createTempDirectory("vellum-demo-");
    try {
      tell(home);
    } finally {
      if (settings.keep()) {
        report.fact("kept: " + home);
      } else {
        remove(home);
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    List<String> failed = report.failed();
    screen.out().println();
    if (failed.isEmpty()) {
      screen
          .out()
          .println(
              Figures.count(report.passed(), "check")
                  + " in "
                  + Figures.duration(took)
                  + (settings.keep() ? "; kept: " + home : "; nothing is left behind"));
      screen.out().println(screen.outPaint().green("demo passed"));
      return true;
    }
    screen.out().println(screen.outPaint().red("demo failed: " + String.join("; ", failed)));
    return false;
  }

  private void tell(Path home) throws IOException {
    screen.out().println(screen.outPaint().bold("Vellum demo") + ", all of it in " + home);
    if (settings.story() == Story.LAWFUL) {
      new LawfulDemo(report, servers, real).run(home);
      return;
    }
    show(home);
    new LifeDemo(report, servers, real).run(home.resolve("life"));
  }

  private void show(Path home) throws IOException {
    Path data = home.resolve("data");
    report.step("A server starts");
    long start = System.nanoTime();
    DemoClock clock = new DemoClock(real);
    byte[] accounts = SampleFiles.accounts();
    SentLedger ledger = new SentLedger(ACCOUNT, WINDOW_FROM, WINDOW_TO, ownNumbers(accounts));
    try (DemoServer.Running running = servers.start(data, clock, System::nanoTime)) {
      Endpoint endpoint = Endpoint.of(data);
      report.fact(
          "records "
              + endpoint.tcp()
              + ", HTTP "
              + endpoint.http()
              + ", clock "
              + clock.instant().toString().substring(0, 10));
      report.fact("ready in " + Figures.duration(Duration.ofNanos(System.nanoTime() - start)));
      ServerCalls calls = new ServerCalls(endpoint);
      registerAccounts(calls, accounts);
      DemoChecks checks = new DemoChecks(report, new DemoLookups(calls), ledger);
      TrafficGenerator generator = stream(endpoint, clock, ledger);
      checks.counts(generator);
      new DemoImports(report, endpoint, this::ports)
          .run(home.resolve("samples"), ledger, checks, clock);
      checks.account();
      checks.number();
      new DiskCheck(report, ledger).show(data);
    }
    new DiskCheck(report, ledger).showStopped(data, home);
  }

  private void registerAccounts(ServerCalls calls, byte[] accounts) {
    report.step("Accounts are registered, those of the made-up traffic with them");
    JsonNode registered = calls.post("/v1/accounts/import", "application/yaml", accounts);
    report.check(
        "config/accounts.yaml is taken",
        registered.path("accounts").asLong() > 0,
        Figures.count(registered.path("accounts").asLong(), "account")
            + ", "
            + Figures.count(registered.path("suppliers").asLong(), "supplier"));
    JsonNode madeUp =
        calls.post("/v1/accounts/import", "application/yaml", MadeUpRegistry.yaml(traffic()));
    report.check(
        "those of the made-up traffic too, in zones from New York to Chatham",
        madeUp.path("accounts").asLong() > 0,
        Figures.count(madeUp.path("accounts").asLong(), "account")
            + ", "
            + Figures.count(madeUp.path("suppliers").asLong(), "supplier"));
  }

  private GeneratorOptions traffic() {
    return GeneratorOptions.of(SEED, settings.records(), FIRST, LAST).withSubscribers(SUBSCRIBERS);
  }

  private TrafficGenerator stream(Endpoint endpoint, InstantSource clock, SentLedger ledger) {
    report.step(Figures.count(settings.records()) + " made-up records stream in over TCP");
    TrafficGenerator generator = new TrafficGenerator(traffic());
    AtomicLong rejected = new AtomicLong();
    try (ProgressMeter meter = new ProgressMeter(screen, "stream", "messages", System::nanoTime);
        RecordUpload upload =
            RecordUpload.open(
                endpoint,
                (row, code, reason) -> rejected.incrementAndGet(),
                ports("demo traffic", clock))) {
      while (generator.next()) {
        ledger.sent(generator.record());
        upload.send(generator.record(), generator.messages());
        if (generator.messages() % PROGRESS_MESSAGES == 0) {
          meter.at(generator.distinctRecords(), settings.records(), generator.messages());
        }
      }
      upload.flush();
      Duration took = meter.elapsed();
      report.fact(
          Figures.count(generator.messages(), "message")
              + " in "
              + Figures.duration(took)
              + ", "
              + Figures.count(Figures.rate(generator.messages(), took))
              + " a second: records, later aspects, duplicates");
      report.checkEqual(
          "each message is acknowledged, so on the disk",
          generator.messages(),
          upload.acknowledged());
      report.checkEqual("messages refused", 0, rejected.get());
    }
    return generator;
  }

  private RecordUpload.Ports ports(String name, InstantSource clock) {
    return new RecordUpload.Ports(
        name,
        PATIENCE,
        clock.millis(),
        System::nanoTime,
        new SecureRandom(),
        Executors.defaultThreadFactory());
  }

  /**
   * Values that the accounts declare as their own, and the proxy numbers, which stand there too.
   */
  static Set<String> ownNumbers(byte[] accounts) throws IOException {
    Set<String> own = new HashSet<>();
    for (JsonNode account : new YAMLMapper().readTree(accounts).path("accounts")) {
      account.path("business_senders").forEach(sender -> own.add(sender.path("value").asText()));
      account.path("proxy_numbers").forEach(number -> own.add(number.asText()));
    }
    return own;
  }

  private static void remove(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
