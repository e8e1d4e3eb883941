package vellum.core.disclosure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;

/**
 * What a record has that the standard has no element for, as {@code name: value} joined by "; ".
 * Stateless.
 */
final class EtsiOther {

  private EtsiOther() {}

  static String text(EtsiValue.Context of) {
    DetailRecord record = of.record();
    Origin origin = of.origin();
    StringBuilder text = new StringBuilder();
    add(text, "source", origin.source().title());
    add(text, "identities", origin.identities());
    add(text, "erased_on", origin.erasedOn());
    add(text, "by_rule", origin.byRule());
    add(text, "record_id", record.getRecordId());
    add(text, "account", record.getAccount());
    if (record.getChannelValue() != 0) {
      add(text, "channel", record.getChannel().name());
    }
    add(text, "mcc_mnc", record.getSubmission().getMccMnc());
    add(text, "status", record.getDelivery().getStatus());
    others(text, "sender", record.getSubmission().getSender());
    others(text, "recipient", record.getSubmission().getRecipient());
    all(text, "original_sender", record.getSubmission().getOriginalSender());
    all(text, "forwarded_from", record.getSubmission().getForwardedFrom());
    add(text, "caller_name", record.getSubmission().getCallerName());
    return text.toString();
  }

  /** Identifiers that are no number, and all but the first number. */
  private static void others(StringBuilder text, String name, Party party) {
    boolean isSeen = false;
    for (Identifier each : party.getIdentifiersList()) {
      boolean isFirst = each.getKind() == IdentifierKind.E164 && !isSeen;
      isSeen |= isFirst;
      if (!isFirst && each.getKind() != IdentifierKind.IMSI) {
        add(text, name, each.getValue());
      }
    }
  }

  private static void all(StringBuilder text, String name, Party party) {
    List<Identifier> identifiers = party.getIdentifiersList();
    identifiers.forEach(each -> add(text, name, each.getValue()));
  }

  private static void add(StringBuilder text, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append(text.isEmpty() ? "" : "; ").append(name).append(": ").append(value);
    }
  }
}
