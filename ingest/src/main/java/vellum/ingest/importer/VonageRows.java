package vellum.ingest.importer;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.v1.CallDetails;
import vellum.v1.CallResult;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;
import vellum.v1.ErrorGroup;
import vellum.v1.StatusGroup;
import vellum.v1.UnitType;

/**
 * Maps rows of Vonage's Reports API, which have the same names in CSV and JSON: SMS, messages of
 * chat channels, and voice calls. The message's text is content and is left out. Thread-safe.
 */
final class VonageRows implements RowMapper {

  /** By {@code status} in lower case. */
  private static final Map<String, StatusGroup> STATUS_GROUPS =
      Map.ofEntries(
          Map.entry("accepted", StatusGroup.ACCEPTED),
          Map.entry("submitted", StatusGroup.PENDING),
          Map.entry("buffered", StatusGroup.PENDING),
          Map.entry("delivered", StatusGroup.DELIVERED),
          Map.entry("read", StatusGroup.DELIVERED),
          Map.entry("expired", StatusGroup.EXPIRED),
          Map.entry("failed", StatusGroup.UNDELIVERABLE),
          Map.entry("undeliverable", StatusGroup.UNDELIVERABLE),
          Map.entry("deleted", StatusGroup.UNDELIVERABLE),
          Map.entry("rejected", StatusGroup.REJECTED),
          Map.entry("started", StatusGroup.ACCEPTED),
          Map.entry("ringing", StatusGroup.PENDING),
          Map.entry("answered", StatusGroup.DELIVERED),
          Map.entry("completed", StatusGroup.DELIVERED),
          Map.entry("busy", StatusGroup.UNDELIVERABLE),
          Map.entry("timeout", StatusGroup.UNDELIVERABLE),
          Map.entry("unanswered", StatusGroup.UNDELIVERABLE),
          Map.entry("cancelled", StatusGroup.REJECTED));

  /** By {@code error_code} of SMS delivery receipts. */
  private static final Map<String, ErrorGroup> ERRORS =
      Map.ofEntries(
          Map.entry("0", ErrorGroup.OK),
          Map.entry("2", ErrorGroup.HANDSET),
          Map.entry("3", ErrorGroup.HANDSET),
          Map.entry("4", ErrorGroup.USER),
          Map.entry("5", ErrorGroup.OPERATOR),
          Map.entry("6", ErrorGroup.OPERATOR),
          Map.entry("7", ErrorGroup.HANDSET),
          Map.entry("8", ErrorGroup.OPERATOR),
          Map.entry("9", ErrorGroup.USER),
          Map.entry("10", ErrorGroup.USER),
          Map.entry("11", ErrorGroup.OPERATOR),
          Map.entry("12", ErrorGroup.HANDSET),
          Map.entry("13", ErrorGroup.USER),
          Map.entry("14", ErrorGroup.OPERATOR),
          Map.entry("15", ErrorGroup.USER),
          Map.entry("16", ErrorGroup.OPERATOR),
          Map.entry("99", ErrorGroup.OPERATOR));

  /** By {@code provider} or {@code channel} of the MESSAGES product. */
  private static final Map<String, Channel> CHANNELS =
      Map.of(
          "sms", Channel.SMS,
          "mms", Channel.MMS,
          "rcs", Channel.RCS,
          "whatsapp", Channel.WHATSAPP,
          "viber_service_msg", Channel.VIBER,
          "messenger", Channel.MESSENGER);

  private final @Nullable String account;

  VonageRows(@Nullable String account) {
    this.account = account;
  }

  @Override
  public DetailRecord map(Fields f) {
    boolean call =
        f.text("product").startsWith("VOICE") || f.hasAny("call_id", "date_start", "duration");
    String own = f.text("account_id");
    String charged = RecordHeader.account(account != null ? account : own, account, "account_id");
    String startField = call ? f.nameOf("date_start", "date_received") : "date_received";
    ProviderRecord record = new ProviderRecord("vonage");
    Channel channel = call ? Channel.VOICE : channel(f);
    record.header(
        channel,
        Times.micros(f.required(startField), startField),
        charged,
        call ? f.required("call_id", "message_id") : f.required("message_id"));
    record
        .submission()
        .setDirection(f.text("direction").equals("inbound") ? Direction.MO : Direction.MT)
        .setSubAccount(account == null ? "" : own)
        .setClientRef(f.text("client_ref"));
    record.sender(f.text("from"), "from");
    record.recipient(f.required("to"), "to");
    network(f, record);
    outcome(f, record);
    if (call) {
      call(f, record);
    } else {
      record.units(
          f.count("message_count", 1),
          channel == Channel.SMS ? UnitType.SEGMENT : UnitType.MESSAGE);
    }
    String price = f.text("total_price");
    if (!price.isEmpty()) {
      record.price(
          Amounts.decimal(price, "total_price"), "total_price", f.text("currency"), "currency");
    }
    return record.build();
  }

  private static Channel channel(Fields f) {
    String name = f.text("provider", "channel").toLowerCase(Locale.ROOT);
    return CHANNELS.getOrDefault(name, name.isEmpty() ? Channel.SMS : Channel.OTHER_CHAT);
  }

  /**
   * The network is an MCC and MNC, or a name such as "US-FIXED", which says nothing that we keep.
   * It and the country are the end user's: the recipient's going out, the sender's coming in.
   */
  private static void network(Fields f, ProviderRecord record) {
    String network = f.text("network");
    if (network.matches("[0-9]+")) {
      record.mccMnc(network, "network");
    }
    String country = f.text("country");
    if (!country.matches("[A-Z]{2}")) {
      return;
    }
    if (record.submission().getDirection() == Direction.MT) {
      record.submission().setCountryOfRecipient(country);
    } else {
      record.submission().setCountryOfSender(country);
    }
  }

  private static void outcome(Fields f, ProviderRecord record) {
    String status = f.text("status");
    record.status(status, status.toLowerCase(Locale.ROOT), STATUS_GROUPS);
    String error = f.text("error_code");
    record
        .delivery()
        .setErrorCode(error)
        .setErrorGroup(ERRORS.getOrDefault(error, ErrorGroup.ERROR_GROUP_UNSPECIFIED));
    record.sentAt(f.micros("date_received", "date_start"));
    record.doneAt(f.micros("date_finalized", "date_end"));
  }

  private static void call(Fields f, ProviderRecord record) {
    long durationMs = f.millis("duration");
    CallResult.Builder result = CallResult.newBuilder().setDurationMs(durationMs);
    Long ended = f.micros("date_end", "date_finalized");
    if (ended != null) {
      result.setEndedAt(Times.timestamp(ended));
    }
    record.delivery().setCall(result);
    record.submission().setCall(CallDetails.newBuilder().setCallId(f.text("call_id")));
    record.units((durationMs + 999) / 1000, UnitType.SECOND);
  }
}
