package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.billing.Money;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.billing.RunName;
import vellum.core.settlement.Closing;
import vellum.core.settlement.ManualPosting;
import vellum.core.settlement.PeriodDesk;
import vellum.core.settlement.StatementRead;

/** Periods, statements and postings, as JSON. Stateless. */
final class PeriodJson {

  private static final int UUID_KEY = 24;

  private PeriodJson() {}

  private static ObjectNode party(Party party) {
    return Json.object()
        .put("kind", party.cube() == Cube.SALE ? "account" : "supplier")
        .put("party", party.id());
  }

  static ObjectNode of(Closing closing) {
    ObjectNode node =
        party(closing.party())
            .put("period", closing.period().toString())
            .put("revision", closing.revision())
            .put("state", closing.isClosed() ? "CLOSED" : "REOPENED")
            .put("position", closing.position())
            .put("closed_at", closing.at().toString())
            .put("closed_by", closing.by())
            .put("zones", String.join(" ", closing.zones()));
    Closing.Made made = closing.statement();
    node.put("lines", made == null ? 0 : made.lines())
        .put(
            "total",
            made == null
                ? ""
                : made.totals().entrySet().stream()
                    .map(one -> one.getValue() + " " + one.getKey())
                    .collect(Collectors.joining(", ")))
        .put("digest", made == null ? "" : made.digest());
    Closing.Reopening end = closing.reopening();
    if (end != null) {
      node.put("reopened_at", end.at().toString())
          .put("reopened_by", end.by())
          .put("reopened_position", end.position())
          .put("reopened_reason", end.reason());
    }
    return node;
  }

  /** The statement as a tree, and its very bytes as a text. */
  static ObjectNode of(PeriodDesk.Shown shown) {
    ObjectNode node = of(shown.closing());
    node.set("statement", StatementRead.tree(shown.statement()));
    return node.put("text", new String(shown.statement(), StandardCharsets.UTF_8));
  }

  static ObjectNode of(ManualPosting posting) {
    ObjectNode node =
        party(posting.party())
            .put("posting", posting.kind().name())
            .put("period", posting.period().toString())
            .put("record_period", posting.period().toString())
            .put("reason", posting.reason())
            .put("amount", Money.text(posting.nanos()))
            .put("amount_nanos", posting.nanos().toString())
            .put("currency", posting.currency())
            .put("number", Long.toString(posting.number()))
            .put("at", posting.at().toString())
            .put("by", posting.by());
    ManualPosting.Reference about = posting.reference();
    node.put("record", about == null || about.record() == null ? "" : about.record());
    node.put("statement_line", about == null || about.line() == null ? "" : about.line());
    return node.put(
        "reverses", about == null || about.reverses() == 0 ? "" : "" + about.reverses());
  }

  /** A posting that a message made: its number is sequence, place and number in the message. */
  static ObjectNode of(Posting posting, String currency) {
    Posting.Origin origin = posting.origin();
    Posting.Cause cause = posting.cause();
    Measures delta = posting.delta();
    return party(posting.party())
        .put("posting", posting.kind().name())
        .put("period", posting.to().toString())
        .put("record_period", posting.of().toString())
        .put("reason", cause.reason().name())
        .put("amount", Money.text(delta.amount().value()))
        .put("amount_nanos", delta.amount().value().toString())
        .put("currency", currency)
        .put("number", origin.sequence() + "/" + origin.place() + "/" + origin.number())
        .put("record", record(posting.recordKey()))
        .put("aspect", cause.aspect() == null ? "" : cause.aspect().name())
        .put("leg", cause.leg())
        .put("version", cause.version())
        .put("run", cause.run() == RunName.NONE ? "" : RunName.of(cause.run()))
        .put("count", delta.count().value())
        .put("units", delta.units().value())
        .put("duration_ms", delta.durationMs().value());
  }

  /** The id of a record of a live month, the reference of one of an archive. */
  private static String record(byte[] key) {
    String hex = HexFormat.of().formatHex(key);
    if (key.length != UUID_KEY) {
      return hex;
    }
    String id = hex.substring(hex.length() - 32);
    return String.join(
        "-",
        id.substring(0, 8),
        id.substring(8, 12),
        id.substring(12, 16),
        id.substring(16, 20),
        id.substring(20));
  }
}
