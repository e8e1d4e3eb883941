package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import vellum.core.crypto.CmsCheck;
import vellum.core.retention.CertificateReport;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;

/**
 * The second half of the demo: thirteen months go by, March is billed, falls due and goes to the
 * archive without identities, ten years later its year goes, and a clock that jumps erases nothing.
 * On a server whose clocks are moved. For one thread.
 */
final class LifeDemo {

  static final YearMonth MARCH = YearMonth.of(2025, 3);
  private static final Instant DUE = Instant.parse("2026-04-01T00:00:00Z");
  private static final Instant YEAR_OVER = Instant.parse("2036-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2036-01-20T00:00:00Z");
  private static final Duration BEFORE = Duration.ofSeconds(20);
  private static final Duration JUMP = Duration.ofDays(730);
  private static final int MONTHS = 13;

  /** Lines of a certificate's report that the demo shows. */
  private static final List<String> SHOWN =
      List.of("erased:", "deadline:", "key:", "records:", "totals:", "removed:", "kek:");

  private static final long MARCH_RECORDS = 5_000;
  private static final long MONTH_RECORDS = 400;
  private static final long MORE_NANOS = 1_234_567;

  private final DemoReport report;
  private final DemoServer servers;
  private final InstantSource real;

  LifeDemo(DemoReport report, DemoServer servers, InstantSource real) {
    this.report = report;
    this.servers = servers;
    this.real = real;
  }

  void run(Path data) throws IOException {
    MovedClock clock = new MovedClock(real, System::nanoTime, LifeTraffic.startOf(MARCH));
    try (DemoServer.Running running = servers.start(data, clock, clock::nanos)) {
      Endpoint endpoint = Endpoint.of(data);
      LifeCalls calls = new LifeCalls(new ServerCalls(endpoint));
      LifeTraffic traffic = new LifeTraffic(endpoint, clock);
      monthsGoBy(calls, traffic);
      LifeBilling billing = new LifeBilling(report, calls.server(), traffic);
      billing.marchIsClosed();
      DemoTotals before = traffic.totals(calls.server(), MARCH);
      marchFallsDue(calls, traffic, clock);
      marchIsArchived(calls, traffic, data, before);
      billing.totalsStayed();
      lateRating(calls, traffic, before);
      billing.statementIsMadeAgain();
      billing.suspenseIsRecycled(MARCH.plusMonths(MONTHS - 1L));
      yearGoes(calls, traffic, clock, data);
      clockJumps(calls, traffic, clock);
    }
  }

  private void monthsGoBy(LifeCalls calls, LifeTraffic traffic) {
    report.step("Thirteen months go by, on a second server with a clock that is moved");
    traffic.stream(MARCH, MARCH_RECORDS);
    for (int i = 1; i < MONTHS; i++) {
      traffic.stream(MARCH.plusMonths(i), MONTH_RECORDS);
    }
    report.checkEqual(
        "records of " + MARCH + " to " + MARCH.plusMonths(MONTHS - 1L),
        traffic.records(),
        calls.count());
    report.fact("a record of March to look at: " + traffic.watched());
  }

  private void marchFallsDue(LifeCalls calls, LifeTraffic traffic, MovedClock clock) {
    report.step("March falls due: 12 months after its last day, at " + DUE);
    clock.moveTo(DUE.minus(BEFORE));
    JsonNode before = calls.record(traffic.watched());
    report.check(
        "the instant before (" + clock.instant().toString().substring(0, 19) + "Z) readable",
        clock.instant().isBefore(DUE) && before.toString().contains(traffic.watchedNumber()),
        "+" + traffic.watchedNumber());
    report.checkEqual(
        "records found by that number", traffic.ofWatchedNumber(), calls.found(traffic));
    long from = System.nanoTime();
    clock.moveTo(DUE);
    boolean gone = LifeCalls.await(() -> calls.identities(traffic.watched()).equals("absent"));
    report.check(
        "the instant after: unreadable",
        gone && !calls.record(traffic.watched()).toString().contains(traffic.watchedNumber()),
        Figures.duration(Duration.ofNanos(System.nanoTime() - from)) + " after the deadline");
    report.checkEqual("records of March found by that number", 0, calls.foundIn(traffic, MARCH));
    report.check(
        "April is readable still",
        calls.identities(traffic.someId(MARCH.plusMonths(1))).equals("clear"),
        "");
  }

  private void marchIsArchived(LifeCalls calls, LifeTraffic traffic, Path data, DemoTotals before)
      throws IOException {
    report.step("March is rewritten without identities, and certified");
    String march = MARCH + ".default";
    boolean archived = LifeCalls.await(() -> calls.stage(march).equals("ARCHIVED"));
    report.check("in its archive year", archived, calls.stage(march));
    report.check(
        "directories",
        Files.notExists(data.resolve("live").resolve(march))
            && Files.isDirectory(data.resolve("archive/2025.default/03")),
        "live/" + march + " is gone, archive/2025.default/03 is there");
    DemoTotals after = traffic.totals(calls.server(), MARCH);
    report.check("records and totals equal to the last nano", before.equals(after), after.some());
    certificate(calls, march, "STRIP");
    report.check(
        "the record is there, without identities",
        calls.identities(traffic.watched()).equals("absent"),
        traffic.watched());
  }

  private void certificate(LifeCalls calls, String period, String kind) {
    JsonNode signed = calls.certificate(period);
    CmsCheck.Verified verified =
        CmsCheck.verify(
            signed.path("pem").asText().getBytes(StandardCharsets.US_ASCII), calls.signer());
    String content = new String(verified.content(), StandardCharsets.UTF_8);
    report.check(
        "certificate signed, verified, of the right period",
        verified.trusted() && content.contains(period) && content.contains(kind),
        verified.signer());
    CertificateReport.of(verified)
        .lines()
        .filter(line -> SHOWN.stream().anyMatch(line::startsWith))
        .forEach(report::fact);
  }

  private void lateRating(LifeCalls calls, LifeTraffic traffic, DemoTotals before) {
    report.step("A late rating finds its record in the archive");
    String currency = traffic.rateAgain(MORE_NANOS);
    DemoTotals after = traffic.totals(calls.server(), MARCH);
    report.check(
        "the totals move by exactly %,d nanos".formatted(MORE_NANOS),
        after.equals(before.plusSale(currency, MORE_NANOS)),
        before.sale(currency) + ", then " + after.sale(currency));
  }

  private void yearGoes(LifeCalls calls, LifeTraffic traffic, MovedClock clock, Path data) {
    report.step("Ten years from the year after, at " + YEAR_OVER + ", the year 2025 goes");
    clock.moveTo(YEAR_OVER.minus(BEFORE));
    boolean there = LifeCalls.await(() -> calls.isArchived(YearMonth.of(2025, 12)));
    report.check(
        "the instant before: there",
        there && Files.isDirectory(data.resolve("archive/2025.default")),
        "archive/2025.default");
    clock.moveTo(YEAR_OVER);
    boolean expired = LifeCalls.await(() -> calls.stage(MARCH + ".default").equals("EXPIRED"));
    report.check(
        "the instant after: removed",
        expired
            && Files.notExists(data.resolve("archive/2025.default/03"))
            && calls.identities(traffic.watched()).isEmpty(),
        "no file and no record of it is left");
    LifeCalls.await(() -> calls.hasCertificate("2025-01.default-year"));
    certificate(calls, "2025-01.default-year", "EXPIRY");
  }

  private void clockJumps(LifeCalls calls, LifeTraffic traffic, MovedClock clock) {
    report.step("A clock that jumps erases nothing");
    clock.moveTo(LATER);
    YearMonth january = YearMonth.of(2036, 1);
    traffic.stream(january, MONTH_RECORDS);
    calls.count();
    clock.setWrongBy(JUMP);
    boolean noticed = LifeCalls.await(() -> !calls.clock().path("trusted").asBoolean(true));
    report.check(
        "two years in a moment: nothing is erased until somebody confirms",
        noticed,
        calls.clock().path("state").asText());
    report.check(
        "January, a year past its deadline by that clock, is readable",
        calls.identities(traffic.someId(january)).equals("clear"),
        "vellum retention confirm-clock would go on");
  }
}
