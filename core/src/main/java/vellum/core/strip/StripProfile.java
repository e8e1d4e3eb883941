package vellum.core.strip;

import com.google.protobuf.Descriptors;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import vellum.core.record.AspectKind;
import vellum.core.record.MessageShape;
import vellum.v1.DetailRecord;

/**
 * What a strip does to every field of the schema, compiled once into tables by field number. A
 * field without a rule is an error: a new field needs a decision. Immutable.
 *
 * <p>The profile {@code default}. Whatever a field's rule, a sealed value goes.
 *
 * <table>
 * <caption>decisions of the default profile, with their reasons</caption>
 * <tr><td>caller's name, callback data, client reference, custom data, content reference and
 *   policy, recording reference</td><td>go, also where an account declared them free of personal
 *   data: nobody checked</td></tr>
 * <tr><td>parties</td><td>an identifier in clear is a business's (alphanumeric sender id, short
 *   code, the account's inventory): routing, stays; all others go with their kind</td></tr>
 * <tr><td>times</td><td>cut to the second; {@code seen_at} tells when a person read: goes</td></tr>
 * <tr><td>application, campaign, template</td><td>the customer's own words: go</td></tr>
 * <tr><td>sub_account</td><td>whom the customer's bill is split by: stays</td></tr>
 * <tr><td>producer, supplier, connection, route, codec</td><td>names of the platform's own parts
 *   and of standards: routing, stay</td></tr>
 * <tr><td>bulk, conversation, fallback, call and supplier's message ids</td><td>join the record
 *   with others' logs: go</td></tr>
 * <tr><td>supplier_status, dlr_error</td><td>supplier's text: go; {@code status_group} and the
 *   platform's own {@code status} and {@code error_code} stay</td></tr>
 * <tr><td>dlr_state</td><td>stays when it is one of the standard's words</td></tr>
 * <tr><td>bounce_class, hangup_source, number_range</td><td>names of classes; stay when they have
 *   no digits</td></tr>
 * <tr><td>recipient_domain</td><td>stays when a public mail provider's: any other names an
 *   organisation or a person</td></tr>
 * <tr><td>sending_ip</td><td>goes</td></tr>
 * <tr><td>sizes in bytes</td><td>nearly unique to a message: in steps of 1,024</td></tr>
 * <tr><td>validity, ring time, time to first attempt</td><td>in steps of a second</td></tr>
 * <tr><td>duration, billed duration, units, amounts, currency, tax code, rate plan, billing
 *   period, pricing category</td><td>what the bill follows from: stay to the last digit</td></tr>
 * <tr><td>countries, networks, status codes, versions, account, channel</td><td>stay</td></tr>
 * </table>
 */
public final class StripProfile {

  /** What totals are grouped by, and what they sum: equal before and after a strip. */
  private static final String TOTALLED =
      "Submission.direction Submission.traffic_type Submission.country_of_recipient"
          + " Submission.mcc_mnc Delivery.status_group Rating.units Rating.sale_price_nanos"
          + " Rating.cost_price_nanos Rating.currency Rating.billed_duration_ms Leg.supplier"
          + " Leg.connection Leg.route Leg.mcc_mnc Leg.status_group Leg.units Leg.cost_nanos"
          + " Leg.currency";

  /** The profile {@code default}. */
  public static final StripProfile DEFAULT = defaultProfile();

  private final String name;
  private final Map<String, StripRule> rules;

  /** By id of the aspect. */
  private final StripShape[] aspects;

  /**
   * @throws IllegalArgumentException when a field that totals are kept by is not kept as it is
   */
  StripProfile(String name, Map<String, StripRule> rules) {
    this.name = name;
    this.rules = Map.copyOf(rules);
    for (String field : TOTALLED.split(" ", -1)) {
      if (rules.get(field) != StripRule.KEEP) {
        throw new IllegalArgumentException(
            "strip profile " + name + " must keep " + field + ": totals are kept by it");
      }
    }
    this.aspects = new StripShape[AspectKind.LEG.id() + 1];
    for (AspectKind kind : AspectKind.values()) {
      if (kind == AspectKind.USAGE) {
        continue; // The usage log is never stripped: it goes whole.
      }
      MessageShape shape =
          Objects.requireNonNull(
              MessageShape.DETAIL_RECORD.required(kind.field()).message(),
              "an aspect is a message");
      aspects[kind.id()] = StripShape.of(shape, this);
    }
  }

  /**
   * The profile that a retention class names.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public static StripProfile named(String name) {
    if (!name.equals(DEFAULT.name)) {
      throw new IllegalArgumentException(
          "strip profile must be \"" + DEFAULT.name + "\": \"" + name + "\"");
    }
    return DEFAULT;
  }

  /** Name in the policy. */
  public String name() {
    return name;
  }

  /**
   * The rule of a field.
   *
   * @param field message and field as in the schema: {@code Submission.bulk_id}
   * @throws IllegalArgumentException when nothing was decided for it
   */
  public StripRule rule(String field) {
    StripRule rule = rules.get(field);
    if (rule == null) {
      throw new IllegalArgumentException(
          "strip profile " + name + " decides nothing for the field " + field);
    }
    return rule;
  }

  /**
   * The rule of a field by its path from the record on, as {@code rating.sale_price_nanos}; empty
   * when a record has no such field.
   */
  public Optional<StripRule> ruleOf(String path) {
    Descriptors.Descriptor message = DetailRecord.getDescriptor();
    StripRule rule = null;
    for (String name : path.split("\\.", -1)) {
      Descriptors.FieldDescriptor field = message == null ? null : message.findFieldByName(name);
      if (message == null || field == null) {
        return Optional.empty();
      }
      rule = rules.get(message.getName() + "." + name);
      message =
          field.getJavaType() == Descriptors.FieldDescriptor.JavaType.MESSAGE
              ? field.getMessageType()
              : null;
    }
    return Optional.ofNullable(rule);
  }

  StripShape shape(AspectKind kind) {
    return aspects[kind.id()];
  }

  private static StripProfile defaultProfile() {
    Map<String, StripRule> rules = new HashMap<>();
    record(rules);
    submission(rules);
    delivery(rules);
    billing(rules);
    return new StripProfile("default", rules);
  }

  private static void record(Map<String, StripRule> rules) {
    put(rules, StripRule.DROP, "DetailRecord", "record_id direction");
    put(rules, StripRule.SECOND, "DetailRecord", "started_at");
    put(rules, StripRule.KEEP, "DetailRecord", "account channel country_of_law");
    put(rules, StripRule.INSIDE, "DetailRecord", "submission delivery rating legs");
    put(rules, StripRule.BUSINESS, "Party", "identifiers");
    put(rules, StripRule.KEEP, "Identifier", "kind value");
  }

  private static void submission(Map<String, StripRule> rules) {
    put(
        rules,
        StripRule.KEEP,
        "Submission",
        "version direction traffic_type producer sub_account country_of_recipient"
            + " country_of_sender mcc_mnc ported_mcc_mnc utc_offset_minutes");
    put(
        rules,
        StripRule.DROP,
        "Submission",
        "application campaign bulk_id caller_name callback_data client_ref custom_data"
            + " content_reference content_policy");
    put(
        rules,
        StripRule.INSIDE,
        "Submission",
        "sender recipient original_sender forwarded_from message call email chat");
    put(rules, StripRule.LABEL, "Submission", "number_range");
    put(rules, StripRule.SECOND, "Submission", "received_at");
    put(rules, StripRule.KEEP, "MessageDetails", "segments encoding");
    put(rules, StripRule.WHOLE_SECONDS, "MessageDetails", "validity_ms");
    put(rules, StripRule.KIBIBYTES, "MessageDetails", "bytes");
    put(rules, StripRule.DROP, "CallDetails", "call_id parent_call_id recording_reference");
    put(rules, StripRule.KEEP, "CallDetails", "codec");
    put(rules, StripRule.PROVIDER, "EmailDetails", "recipient_domain");
    put(rules, StripRule.DROP, "EmailDetails", "sending_ip");
    put(rules, StripRule.KIBIBYTES, "EmailDetails", "bytes");
    put(rules, StripRule.KEEP, "ChatDetails", "pricing_category");
    put(rules, StripRule.DROP, "ChatDetails", "template conversation_id fallback_of");
  }

  private static void delivery(Map<String, StripRule> rules) {
    put(
        rules,
        StripRule.KEEP,
        "Delivery",
        "version status_group status error_group error_code permanent attempts");
    put(rules, StripRule.SECOND, "Delivery", "sent_at done_at");
    put(rules, StripRule.DROP, "Delivery", "seen_at");
    put(rules, StripRule.INSIDE, "Delivery", "message call email");
    put(rules, StripRule.KEEP, "MessageResult", "smpp_status");
    put(rules, StripRule.DLR_STATE, "MessageResult", "dlr_state");
    put(rules, StripRule.DROP, "MessageResult", "dlr_error");
    put(rules, StripRule.SECOND, "CallResult", "ringing_at answered_at ended_at");
    put(rules, StripRule.KEEP, "CallResult", "duration_ms sip_code q850_cause");
    put(rules, StripRule.WHOLE_SECONDS, "CallResult", "ring_duration_ms");
    put(rules, StripRule.LABEL, "CallResult", "hangup_source");
    put(rules, StripRule.KEEP, "EmailResult", "smtp_code");
    put(rules, StripRule.LABEL, "EmailResult", "bounce_class");
    put(rules, StripRule.WHOLE_SECONDS, "EmailResult", "time_to_first_attempt_ms");
  }

  private static void billing(Map<String, StripRule> rules) {
    put(
        rules,
        StripRule.KEEP,
        "Rating",
        "version units unit_type sale_price_nanos cost_price_nanos currency tax_code"
            + " rate_plan_version billing_period billed_duration_ms");
    put(rules, StripRule.SECOND, "Rating", "rated_at");
    put(
        rules,
        StripRule.KEEP,
        "Leg",
        "version number supplier connection route mcc_mnc status_group units unit_type cost_nanos"
            + " currency");
    put(rules, StripRule.DROP, "Leg", "supplier_message_id supplier_status");
    put(rules, StripRule.SECOND, "Leg", "sent_at done_at");
  }

  private static void put(
      Map<String, StripRule> rules, StripRule rule, String message, String fields) {
    for (String field : fields.split(" ", -1)) {
      rules.put(message + "." + field, rule);
    }
  }
}
