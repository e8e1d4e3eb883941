package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import vellum.core.billing.Money;
import vellum.core.period.SuspendedMessage;
import vellum.core.seal.SuspenseCode;
import vellum.core.suspense.SuspendedId;
import vellum.core.suspense.SuspendedRow;
import vellum.core.suspense.SuspenseDesk;
import vellum.core.suspense.SuspenseTotals;
import vellum.core.suspense.WriteOffs;
import vellum.v1.Channel;

/** Suspense as answers show it. Stateless. */
final class SuspenseJson {

  private SuspenseJson() {}

  /** A row, in plain columns. */
  static ObjectNode of(SuspendedRow row, Instant now) {
    SuspendedMessage.Arrival arrival = row.message().arrival();
    Channel channel = Channel.forNumber(row.channel());
    ObjectNode node =
        Json.object()
            .put("id", SuspendedId.text(row.at()))
            .put("code", SuspenseCode.name(row.message().code()))
            .put("account", row.account())
            .put("started_at", instant(row.startedAtMicros()).toString())
            .put("channel", channel == null ? "" : channel.name())
            .put(
                "amount",
                row.currency().isEmpty() ? "" : Money.text(BigInteger.valueOf(row.saleNanos())))
            .put("amount_nanos", row.currency().isEmpty() ? "" : Long.toString(row.saleNanos()))
            .put("currency", row.currency())
            .put("record_id", row.recordId().map(UUID::toString).orElse(""))
            .put("period", row.at().period().toString())
            .put("journal_sequence", row.at().sequence())
            .put("place", row.at().place());
    boolean known = arrival.atMicros() > 0;
    Instant at = instant(arrival.atMicros());
    return node.put("arrived_at", known ? at.toString() : "")
        .put("age_seconds", known ? Math.max(0, ChronoUnit.SECONDS.between(at, now)) : 0)
        .put("producer", arrival.producer())
        .put("instance", arrival.instance())
        .put("stream", arrival.stream());
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static ObjectNode of(SuspenseTotals totals) {
    ObjectNode node =
        Json.object()
            .put("rows", totals.rows())
            .put(
                "oldest_arrived_at",
                totals.oldestMicros() == 0 ? "" : instant(totals.oldestMicros()).toString());
    ArrayNode codes = node.putArray("codes");
    totals.codes().forEach((code, rows) -> codes.addObject().put("code", code).put("rows", rows));
    amounts(node.putArray("amounts"), totals.amounts());
    return node;
  }

  private static void amounts(ArrayNode array, Map<String, BigInteger> amounts) {
    amounts.forEach(
        (currency, nanos) ->
            array
                .addObject()
                .put("currency", currency)
                .put("amount", Money.text(nanos))
                .put("amount_nanos", nanos.toString()));
  }

  static ObjectNode of(SuspenseDesk.Outcome outcome) {
    ObjectNode node = Json.object().put("rows", outcome.rows()).put("recycled", outcome.recycled());
    ArrayNode still = node.putArray("still");
    outcome
        .still()
        .forEach(
            (code, rows) ->
                still.addObject().put("code", SuspenseCode.name(code)).put("rows", rows));
    ArrayNode refused = node.putArray("refused");
    outcome
        .refused()
        .forEach(
            one ->
                refused
                    .addObject()
                    .put("id", SuspendedId.text(one.row()))
                    .put("reason", one.reason()));
    return node;
  }

  static ObjectNode of(WriteOffs.Note note) {
    ObjectNode node =
        Json.object()
            .put("number", note.number())
            .put("at", note.at().toString())
            .put("by", note.by())
            .put("reason", note.reason())
            .put("rows", note.rows())
            .put("journal_sequence", note.journalSequence());
    ObjectNode codes = node.putObject("codes");
    note.codes().forEach(codes::put);
    amounts(node.putArray("amounts"), note.amounts());
    return node;
  }
}
