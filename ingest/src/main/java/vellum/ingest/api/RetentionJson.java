package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What retention answers, as JSON. Stateless. */
final class RetentionJson {

  private RetentionJson() {}

  static ObjectNode of(RetentionPort.Overview overview) {
    List<RetentionPort.Period> periods = overview.periods();
    ObjectNode node =
        Json.object()
            .put("at", overview.at().toString())
            .put("overdue", periods.stream().filter(RetentionPort.Period::overdue).count())
            .put("reserved_bytes", overview.reservedBytes());
    node.set("clock", of(overview.clock()));
    ArrayNode array = node.putArray("periods");
    periods.forEach(period -> array.add(of(period)));
    return node;
  }

  private static ObjectNode of(RetentionPort.Period period) {
    return Json.object()
        .put("period", period.name())
        .put("holding", period.holding().name())
        .put("stage", period.stage())
        .put("since", period.since().toString())
        .put("records", period.records())
        .put("bytes", period.bytes())
        .put("identities_gone_by", text(period.identities()))
        .put("removed_by", period.removal().toString())
        .put("overdue", period.overdue())
        .put("blocked_by", period.blockedBy())
        .put("progress", period.progress() < 0 ? null : (Double) period.progress())
        .put("holds", period.holds());
  }

  static ObjectNode of(RetentionPort.Clock clock) {
    return Json.object()
        .put("trusted", clock.trusted())
        .put("state", clock.state())
        .put("wall", clock.wall().toString())
        .put("erases_until", clock.until().toString());
  }

  static ObjectNode of(String id, RetentionPort.Explained explained) {
    ObjectNode node =
        Json.object()
            .put("record", id)
            .put("period", explained.period())
            .put("stage", explained.stage());
    ArrayNode reasons = node.putArray("reasons");
    for (RetentionPort.Reason reason : explained.reasons()) {
      reasons
          .addObject()
          .put("privacy", reason.privacy())
          .put("field", reason.field())
          .put("rule", reason.rule())
          .put("class", reason.retentionClass())
          .put("policy_version", reason.policyVersion())
          .put("anchor", reason.anchor())
          .put("anchor_at", text(reason.anchorAt()))
          .put("zone", reason.zone())
          .put("erased_at", reason.erasedAt().toString())
          .put("source", reason.source())
          .put("verified", reason.verified())
          .put("legal_basis", reason.legalBasis())
          .put("at_strip", reason.atStrip())
          .put("blocked_by", reason.blockedBy())
          .put("gone", reason.gone());
    }
    return node;
  }

  static ObjectNode of(RetentionPort.Policy policy) {
    return Json.object()
        .put("version", policy.version())
        .put("in_force", policy.inForce())
        .put("accepted_at", policy.acceptedAt().toString())
        .put("reason", policy.reason())
        .put("yaml", policy.yaml());
  }

  static ObjectNode of(RetentionPort.Difference difference) {
    ObjectNode node = Json.object().put("from_version", difference.fromVersion());
    ArrayNode classes = node.putArray("classes");
    for (RetentionPort.ClassDifference one : difference.classes()) {
      ObjectNode row = classes.addObject().put("class", one.name()).put("change", one.change());
      row.set("identities", of(one.identities()));
      row.set("rest", of(one.rest()));
    }
    ArrayNode moved = node.putArray("periods");
    for (RetentionPort.Moved one : difference.moved()) {
      moved
          .addObject()
          .put("period", one.period())
          .put("records", one.records())
          .put("old_identities_gone_by", text(one.oldIdentities()))
          .put("new_identities_gone_by", text(one.newIdentities()))
          .put("old_removed_by", one.oldRemoval().toString())
          .put("new_removed_by", one.newRemoval().toString())
          .put("at_once", one.atOnce());
    }
    return node;
  }

  private static ObjectNode of(RetentionPort.Shift shift) {
    return Json.object()
        .put("earlier_months", shift.earlierMonths())
        .put("earlier_records", shift.earlierRecords())
        .put("later_months", shift.laterMonths())
        .put("later_records", shift.laterRecords())
        .put("at_once", shift.atOnce());
  }

  static ObjectNode of(RetentionPort.Certificate certificate) {
    return Json.object()
        .put("period", certificate.period())
        .put("kind", certificate.kind())
        .put("deadline", certificate.deadline().toString())
        .put("at", certificate.at().toString())
        .put("records", certificate.records());
  }

  static ObjectNode of(RetentionPort.KeyBackup backup) {
    return Json.object()
        .put("name", backup.name())
        .put("directory", backup.directory())
        .put("current", backup.current())
        .put("detail", backup.detail())
        .put("at", backup.at().toString());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
