package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Base64;
import vellum.core.crypto.CmsCheck;
import vellum.core.crypto.DevelopmentAgency;
import vellum.core.crypto.DevelopmentAuthority;
import vellum.core.disclosure.PackageCheck;
import vellum.core.retention.CertificateReport;
import vellum.ingest.endpoint.Endpoint;

/**
 * The demo's story of the law: a secret hold keeps a number beyond its month, an order is answered
 * by two people, the package is opened by the agency, and with the end of the hold the number is
 * gone. On a server whose clocks are moved. For one thread.
 */
final class LawfulDemo {

  private static final YearMonth MARCH = YearMonth.of(2025, 3);
  private static final Instant DUE = Instant.parse("2026-04-01T00:00:00Z");
  private static final String PERIOD = MARCH + ".default";
  private static final long RECORDS = 3_000;
  private static final String NOBODY = "H-00000000";

  private static final String AUTHORITIES =
      """
      format: 1
      home: [DE]
      authorities:
        - id: lka-berlin
          name: Landeskriminalamt Berlin (made up)
          country: DE
          type: police
          verified: true
      """;

  private final DemoReport report;
  private final DemoServer servers;
  private final InstantSource real;

  LawfulDemo(DemoReport report, DemoServer servers, InstantSource real) {
    this.report = report;
    this.servers = servers;
    this.real = real;
  }

  void run(Path home) throws IOException {
    Path data = home.resolve("data");
    Path authorities = Files.writeString(home.resolve("authorities.yaml"), AUTHORITIES);
    MovedClock clock = new MovedClock(real, System::nanoTime, LifeTraffic.startOf(MARCH));
    try (DemoServer.Running running = servers.start(data, clock, clock::nanos, authorities)) {
      Endpoint endpoint = Endpoint.of(data);
      LifeTraffic traffic = new LifeTraffic(endpoint, clock);
      LawfulPeople people = people(endpoint, traffic);
      String number = traffic.watchedNumber();
      long held = traffic.ofWatchedNumber();
      Path vault;
      String hold;
      JsonNode placed = placed(people, number, held);
      hold = placed.path("id").asText();
      vault = data.resolve("holds").resolve(placed.path("vault").asText());
      marchIsStripped(new LifeCalls(people.administrator()), traffic, clock);
      onlyTheRoleFinds(people, hold, number, held);
      DevelopmentAuthority.Issued agency =
          DevelopmentAgency.make(DevelopmentAgency.Key.P_256, clock.instant(), new SecureRandom());
      String order = decided(people, number, agency, clock);
      handedOver(people, order, agency, home.resolve("agency"), held, number);
      released(people, hold, vault, number);
      DiskCheck.showNumber(report, data, number);
    }
  }

  private LawfulPeople people(Endpoint endpoint, LifeTraffic traffic) {
    report.step("A server starts; " + RECORDS + " records of " + MARCH + " stream in");
    traffic.stream(MARCH, RECORDS);
    LawfulPeople people = LawfulPeople.of(endpoint);
    report.checkEqual(
        "records",
        RECORDS,
        people.administrator().get("/v1/records/count").path("records").asLong());
    report.fact("jane sees to privacy, dora answers orders, anna approves them");
    report.fact("a number to follow: +" + traffic.watchedNumber());
    return people;
  }

  private JsonNode placed(LawfulPeople people, String number, long held) {
    report.step("dora places a secret hold on it");
    ObjectNode wanted =
        LawfulPeople.object()
            .put("type", "preservation_order")
            .put("reach", "ongoing")
            .put("legal_basis", "preservation order of a court")
            .put("reference", "77 Js 12/25")
            .put("expires_at", "2027-04-01")
            .put("secret", true)
            .put("reason", "order received");
    wanted.set("scope", scope(number));
    JsonNode placed = people.dora().post("/v1/holds", wanted);
    String path = "/v1/holds/" + placed.path("id").asText();
    boolean copied =
        LifeCalls.await(() -> people.dora().get(path).path("state").asText().equals("active"));
    report.check("placed, and its records copied under a key of its own", copied, path);
    report.checkEqual(
        "records in its vault", held, people.dora().get(path).path("copied").asLong());
    report.check(
        "jane's list does not have it, nor does the administrator's",
        people.jane().get("/v1/holds").path("holds").isEmpty()
            && people.administrator().get("/v1/holds").path("holds").isEmpty(),
        "0 holds");
    String unknown = answer(() -> people.jane().get("/v1/holds/" + NOBODY));
    report.check(
        "asked for by its id, jane hears what she hears of one that never was",
        answer(() -> people.jane().get(path)).equals(unknown),
        unknown);
    return placed;
  }

  private static ObjectNode scope(String number) {
    ObjectNode scope =
        LawfulPeople.object().put("from", MARCH + "-01").put("to", MARCH.plusMonths(1) + "-01");
    scope.putArray("subjects").add("+" + number);
    return scope;
  }

  /** What a refused call is told. */
  private static String answer(Runnable call) {
    try {
      call.run();
      return "";
    } catch (vellum.ingest.endpoint.EndpointException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void marchIsStripped(LifeCalls calls, LifeTraffic traffic, MovedClock clock) {
    report.step("March falls due, and is stripped");
    clock.moveTo(DUE.minus(Duration.ofSeconds(20)));
    report.check(
        "the instant before: readable",
        calls.identities(traffic.watched()).equals("clear"),
        traffic.watched());
    clock.moveTo(DUE);
    boolean archived = LifeCalls.await(() -> calls.stage(PERIOD).equals("ARCHIVED"));
    report.check("in its archive year, without identities", archived, calls.stage(PERIOD));
    CmsCheck.Verified certificate =
        CmsCheck.verify(
            calls.certificate(PERIOD).path("pem").asText().getBytes(StandardCharsets.US_ASCII),
            calls.signer());
    String text = new String(certificate.content(), StandardCharsets.UTF_8);
    report.check(
        "its certificate says what all of them say, held or not",
        certificate.trusted() && text.contains("except where law requires retention"),
        "\"the identities are gone except where law requires retention\"");
  }

  private void onlyTheRoleFinds(LawfulPeople people, String hold, String number, long held) {
    report.step("The held number is found by the hold's role only");
    report.checkEqual("records that jane finds by it", 0, people.found(number));
    String path = "/v1/holds/" + hold + "/records";
    JsonNode found =
        people
            .dora()
            .post(
                path,
                LawfulPeople.object()
                    .put("reveal", true)
                    .put("reason", "case 77 Js 12/25")
                    .put("limit", 1_000));
    report.checkEqual("records that dora finds in the vault", held, found.path("records").size());
    report.check("with the number in clear", found.toString().contains(number), "+" + number);
    String jane = LawfulPeople.refusal(() -> people.jane().post(path, LawfulPeople.object()));
    report.check("jane: no such hold", jane.equals("NOT_FOUND"), jane);
    String all =
        LawfulPeople.refusal(() -> people.administrator().post(path, LawfulPeople.object()));
    report.check("the administrator, who has not the role: refused", all.equals("FORBIDDEN"), all);
  }

  private String decided(
      LawfulPeople people, String number, DevelopmentAuthority.Issued agency, MovedClock clock) {
    report.step("An order comes: two people answer it");
    ObjectNode wanted =
        LawfulPeople.object()
            .put("authority", "lka-berlin")
            .put("legal_basis", "section 100g StPO")
            .put("reference", "77 Js 12/25")
            .put("deadline", clock.instant().plus(Duration.ofDays(7)).toString())
            .put("certificate", agency.certificate());
    wanted.set("scope", scope(number));
    wanted.putArray("forms").add("csv").add("etsi");
    String id = people.dora().post("/v1/orders", wanted).path("id").asText();
    String path = "/v1/orders/" + id;
    people.dora().post(path + "/submit", LawfulPeople.object());
    refused("dora runs it before it is approved", "NOT_APPROVED", people, path + "/run");
    refused("dora approves it herself", "SAME_PERSON", people, path + "/approve");
    people.anna().post(path + "/approve", LawfulPeople.object());
    people.dora().post(path + "/run", LawfulPeople.object());
    boolean ready =
        LifeCalls.await(() -> people.dora().get(path).path("state").asText().equals("READY"));
    JsonNode order = people.dora().get(path);
    report.check(
        "anna approves, dora runs it",
        ready,
        "approved by "
            + order.path("approved_by").asText()
            + ", "
            + order.path("records").asLong()
            + " records");
    return id;
  }

  private void refused(String what, String code, LawfulPeople people, String path) {
    String heard = LawfulPeople.refusal(() -> people.dora().post(path, LawfulPeople.object()));
    report.check(what + ": refused", heard.equals(code), heard);
  }

  private void handedOver(
      LawfulPeople people,
      String order,
      DevelopmentAuthority.Issued agency,
      Path home,
      long held,
      String number)
      throws IOException {
    report.step("The package is handed over, and opened by the agency");
    JsonNode delivered =
        people.dora().post("/v1/orders/" + order + "/deliver", LawfulPeople.object());
    LawfulPackage got = LawfulPackage.fetch(people.dora(), delivered, agency, home);
    PackageCheck.Report checked = got.check();
    report.check(
        "whole, for this agency, signed by this installation", checked.trusted(), checked.signer());
    report.checkEqual("records in it", held, checked.records());
    JsonNode erased = checked.manifest().path("erased").path(0);
    report.check(
        "what is no longer held is said",
        erased.path("period").asText().equals(PERIOD),
        erased.path("period").asText() + ", erased on " + erased.path("erased_on").asText());
    if (LawfulPackage.hasOpenssl()) {
      String records = got.opened();
      report.check(
          "openssl cms -decrypt opens the records",
          records.lines().count() == held + 1 && records.contains(number),
          held + " lines of CSV with +" + number);
      report.check("openssl cms -verify finds the signature good", got.isVerified(), "");
    } else {
      report.fact("OpenSSL 3 is not on this machine: its checks are left out");
    }
    JsonNode journal = people.dora().get("/v1/disclosures").path("disclosures").path(0);
    report.check(
        "it stands in the journal of disclosures, without the number",
        journal.path("order").asText().equals(order) && !journal.toString().contains(number),
        journal.path("authority").asText() + ", " + journal.path("records").asLong() + " records");
  }

  private void released(LawfulPeople people, String hold, Path vault, String number) {
    report.step("The hold is released");
    String path = "/v1/holds/" + hold;
    report.check(
        "its vault is on the disk", Files.isDirectory(vault), "holds/" + vault.getFileName());
    people
        .dora()
        .post(path + "/release", LawfulPeople.object().put("reason", "proceedings have ended"));
    boolean released =
        LifeCalls.await(() -> people.dora().get(path).path("state").asText().equals("released"));
    report.check("key destroyed, vault gone", released && Files.notExists(vault), "");
    CmsCheck.Verified certificate =
        CmsCheck.verify(
            Base64.getDecoder()
                .decode(people.dora().get(path).path("end").path("certificate").asText()),
            people.administrator().get("/v1/retention/signer").path("pem").asText());
    report.check("certificate signed, verified", certificate.trusted(), certificate.signer());
    CertificateReport.of(certificate)
        .lines()
        .filter(line -> line.startsWith("erased:") || line.startsWith("key:"))
        .forEach(report::fact);
    report.checkEqual("records that jane finds by the number", 0, people.found(number));
    JsonNode after = people.dora().post(path + "/records", LawfulPeople.object().put("limit", 10));
    report.checkEqual("records that dora finds", 0, after.path("records").size());
  }
}
