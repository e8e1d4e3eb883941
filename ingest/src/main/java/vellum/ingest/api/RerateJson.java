package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Money;
import vellum.core.rerating.RerateReport;
import vellum.core.rerating.RerateRun;
import vellum.v1.Channel;

/** Re-ratings as JSON: amounts as exact decimals, and in nanos. Stateless. */
final class RerateJson {

  private RerateJson() {}

  /** A run with all that it changes. */
  static ObjectNode of(RerateRun run) {
    ObjectNode node = line(run);
    node.putObject("progress")
        .put("done", run.progress().done())
        .put("total", run.progress().total())
        .put("records", run.progress().records());
    node.set("report", report(run.report()));
    ObjectNode applied = node.putObject("applied").put("records", run.applied().records());
    differences(applied, run.applied().differences());
    return node;
  }

  /** A run in a list. */
  static ObjectNode line(RerateRun run) {
    ObjectNode node =
        Json.object()
            .put("id", run.id())
            .put("applies", run.applies())
            .put("state", run.state().name())
            .put("from", day(run.scope().fromDay(), Integer.MIN_VALUE))
            .put("to", day(run.scope().toDay(), Integer.MAX_VALUE))
            .put("rates", run.rates())
            .put("matched", run.report().matched())
            .put("changed", run.report().changed())
            .put("applied_records", run.applied().records())
            .put("reason", run.reason())
            .put("started_at", run.startedAt().toString())
            .put("ended_at", text(run.endedAt()))
            .put("trouble", run.trouble());
    ArrayNode accounts = node.putArray("accounts");
    run.scope().accounts().forEach(account -> accounts.add(account.value()));
    return node;
  }

  private static String day(int day, int any) {
    return day == any ? "" : LocalDate.ofEpochDay(day).toString();
  }

  private static String text(@Nullable Instant instant) {
    return instant == null ? "" : instant.toString();
  }

  private static ObjectNode report(RerateReport report) {
    ObjectNode node =
        Json.object()
            .put("records", report.read())
            .put("matched", report.matched())
            .put("changed", report.changed())
            .put("unmatched", report.unmatched())
            .put("unrated", report.unrated())
            .put("suspended", report.suspended())
            .put("other_currency", report.otherCurrency())
            .put("last_version", report.lastVersion());
    differences(node, report.differences());
    ArrayNode groups = node.putArray("groups");
    report.groups().forEach(group -> groups.add(group(group)));
    return node;
  }

  private static ObjectNode group(RerateReport.Group group) {
    Channel channel = Channel.forNumber(group.channel());
    return Json.object()
        .put("currency", group.currency())
        .put("channel", channel == null ? "" + group.channel() : channel.name())
        .put("mcc_mnc", group.mccMnc())
        .put("matched", group.matched())
        .put("changed", group.changed())
        .put("unmatched", group.unmatched())
        .put("old_amount", Money.text(group.oldNanos()))
        .put("new_amount", Money.text(group.newNanos()))
        .put("difference", Money.text(group.differenceNanos()))
        .put("old_amount_nanos", group.oldNanos().toString())
        .put("new_amount_nanos", group.newNanos().toString())
        .put("difference_nanos", group.differenceNanos().toString());
  }

  private static void differences(ObjectNode node, Map<String, BigInteger> byCurrency) {
    ArrayNode differences = node.putArray("differences");
    new TreeMap<>(byCurrency)
        .forEach(
            (currency, nanos) ->
                differences
                    .addObject()
                    .put("currency", currency)
                    .put("difference", Money.text(nanos))
                    .put("difference_nanos", nanos.toString()));
  }
}
