package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vellum.ingest.terminal.Figures;

/** The demo's steps that ask the server and compare with what was sent. For one thread. */
final class DemoChecks {

  private static final int MOST_RECORDS = 12;
  private static final String CALLING_CODE = "49";
  private static final String REGION = "DE";

  private final DemoReport report;
  private final DemoLookups lookups;
  private final SentLedger ledger;

  DemoChecks(DemoReport report, DemoLookups lookups, SentLedger ledger) {
    this.report = report;
    this.lookups = lookups;
    this.ledger = ledger;
  }

  /** Distinct records, after everything acknowledged is applied. */
  long records() {
    return lookups.counts().path("records").asLong();
  }

  void counts(TrafficGenerator generator) {
    report.step("They are counted, each once");
    JsonNode counts = lookups.counts();
    report.checkEqual(
        "distinct records", generator.distinctRecords(), counts.path("records").asLong());
    report.checkEqual(
        "later aspects merged into them",
        generator.laterAspects(),
        counts.path("updates").asLong());
    report.checkEqual(
        "repeated messages acknowledged and ignored",
        generator.duplicates(),
        counts.path("duplicates").asLong() + counts.path("stale").asLong());
    report.checkEqual("in conflict", 0, counts.path("conflicts").asLong());
  }

  void account() {
    report.step("Look-up by account and time");
    long start = System.nanoTime();
    DemoLookups.Ids found =
        lookups.ofAccount(DemoRun.ACCOUNT, DemoRun.WINDOW_FROM, DemoRun.WINDOW_TO);
    long tookNanos = System.nanoTime() - start;
    String window = DemoRun.ACCOUNT + ", " + DemoRun.WINDOW_FROM + " to " + DemoRun.WINDOW_TO;
    report.fact(window);
    report.check(
        "exactly the records that were sent",
        found.ids().equals(ledger.inWindow()) && !found.ids().isEmpty(),
        Figures.count(found.ids().size())
            + " of "
            + Figures.count(ledger.inWindow().size())
            + ", "
            + Figures.count(found.pages(), "page")
            + ", "
            + Figures.duration(java.time.Duration.ofNanos(tookNanos)));
  }

  void number() {
    report.step("Look-up by number, in any spelling");
    Map.Entry<String, Set<String>> some = ledger.someNumber(MOST_RECORDS);
    String number = some.getKey();
    if (number.isEmpty()) {
      report.check("a number to look for was sent", false, "");
      return;
    }
    String national = number.substring(CALLING_CODE.length());
    List<String> spellings =
        List.of(
            "+" + CALLING_CODE + " " + national.substring(0, 3) + " " + national.substring(3),
            "00" + CALLING_CODE + "-" + national.substring(0, 3) + "-" + national.substring(3),
            "(0"
                + national.substring(0, 3)
                + ") "
                + national.substring(3, 6)
                + " / "
                + national.substring(6));
    report.fact("a made-up number, with the records that were sent of it:");
    JsonNode masked = lookups.find(spellings.get(0), REGION, false);
    for (String spelling : spellings) {
      Set<String> ids = DemoLookups.ids(lookups.find(spelling, REGION, false));
      report.check(
          "as " + spelling, ids.equals(some.getValue()), Figures.count(ids.size(), "record"));
    }
    report.check(
        "masked without --reveal",
        !masked.toString().contains(number),
        masked.path("subject").path("masked").asText());
    JsonNode clear = lookups.find(spellings.get(0), REGION, true);
    report.check(
        "in clear with it",
        clear.toString().contains(number) && clear.path("records").size() == some.getValue().size(),
        "+" + number);
  }
}
