package vellum.ingest.importer;

import java.util.Map;
import vellum.v1.DetailRecord;

/**
 * A column of our own CSV: a path of the schema, or one of the short names below. Immutable.
 *
 * <pre>
 *   sender, recipient          an address; its kind follows from its form
 *   sale_price, cost_price     decimals of the currency unit; cost: of the first leg
 *   direction, traffic_type, sub_account, application, campaign, bulk_id, mcc_mnc, client_ref,
 *   callback_data, segments, encoding, country      of the submission (country: of the recipient)
 *   status, status_group, error_group, error_code, sent_at, done_at, duration_ms    of the delivery
 *   units, unit_type, currency                      of the rating
 *   supplier, connection, route, cost_currency      of the first leg
 * </pre>
 */
sealed interface CsvColumn {

  /** Short names and the paths they stand for. */
  Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("direction", "submission.direction"),
          Map.entry("traffic_type", "submission.traffic_type"),
          Map.entry("sub_account", "submission.sub_account"),
          Map.entry("application", "submission.application"),
          Map.entry("campaign", "submission.campaign"),
          Map.entry("bulk_id", "submission.bulk_id"),
          Map.entry("mcc_mnc", "submission.mcc_mnc"),
          Map.entry("client_ref", "submission.client_ref"),
          Map.entry("callback_data", "submission.callback_data"),
          Map.entry("country", "submission.country_of_recipient"),
          Map.entry("segments", "submission.message.segments"),
          Map.entry("encoding", "submission.message.encoding"),
          Map.entry("status", "delivery.status"),
          Map.entry("status_group", "delivery.status_group"),
          Map.entry("error_group", "delivery.error_group"),
          Map.entry("error_code", "delivery.error_code"),
          Map.entry("sent_at", "delivery.sent_at"),
          Map.entry("done_at", "delivery.done_at"),
          Map.entry("duration_ms", "delivery.call.duration_ms"),
          Map.entry("units", "rating.units"),
          Map.entry("unit_type", "rating.unit_type"),
          Map.entry("currency", "rating.currency"),
          Map.entry("supplier", "legs[0].supplier"),
          Map.entry("connection", "legs[0].connection"),
          Map.entry("route", "legs[0].route"),
          Map.entry("cost_currency", "legs[0].currency"));

  /** Sets what the column holds in a row, which is not empty. */
  void set(DetailRecord.Builder record, String text);

  static CsvColumn of(String name) {
    return switch (name) {
      case "sender", "recipient" -> new PartyColumn(name);
      case "sale_price" -> new AmountColumn(name, FieldPath.of("rating.sale_price_nanos"));
      case "cost_price" -> new AmountColumn(name, FieldPath.of("rating.cost_price_nanos"));
      case "cost" -> new AmountColumn(name, FieldPath.of("legs[0].cost_nanos"));
      default -> new PathColumn(FieldPath.of(ALIASES.getOrDefault(name, name)));
    };
  }

  /** A column that is a field. */
  record PathColumn(FieldPath path) implements CsvColumn {
    @Override
    public void set(DetailRecord.Builder record, String text) {
      path.set(record, text);
    }
  }

  /** A decimal amount. */
  record AmountColumn(String name, FieldPath path) implements CsvColumn {
    @Override
    public void set(DetailRecord.Builder record, String text) {
      path.set(record, Long.toString(Amounts.nanos(Amounts.decimal(text, name), name)));
    }
  }

  /** An address, whose kind follows from its form. */
  record PartyColumn(String name) implements CsvColumn {
    @Override
    public void set(DetailRecord.Builder record, String text) {
      Addresses.Address address = Addresses.of(text, name);
      var submission = record.getSubmissionBuilder();
      if (name.equals("sender")) {
        submission.getSenderBuilder().addIdentifiers(address.identifier());
        return;
      }
      submission.getRecipientBuilder().addIdentifiers(address.identifier());
    }
  }
}
