package vellum.ingest.importer;

import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import vellum.core.record.RecordId;
import vellum.v1.Channel;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Rating;
import vellum.v1.StatusGroup;
import vellum.v1.Submission;
import vellum.v1.UnitType;

/**
 * A record in the making from a provider's row, with what all providers have in common. The
 * provider is the supplier of leg 1, which keeps its id of the message. Not thread-safe.
 *
 * <p>Versions follow from the row alone, so that the same row twice is a duplicate and a later
 * report of the same message replaces the earlier one. A log and a report of one message differ in
 * what they leave out of the submission: the one that says more stands, and of two that say as much
 * always the same one, so that importing both is no conflict.
 *
 * <pre>
 *   report:      u62 milliseconds of date_updated, else done_at, sent_at, started_at | 2 bits finality
 *   submission:  u32 number of fields | u32 hash of its bytes
 * </pre>
 */
final class ProviderRecord {

  private final String provider;
  private final DetailRecord.Builder record = DetailRecord.newBuilder();
  private final Submission.Builder submission = Submission.newBuilder();
  private final Delivery.Builder delivery = Delivery.newBuilder();
  private final Rating.Builder rating = Rating.newBuilder();
  private final Leg.Builder leg = Leg.newBuilder();
  private @Nullable Long updatedMicros;
  private boolean rated;

  ProviderRecord(String provider) {
    this.provider = provider;
  }

  Submission.Builder submission() {
    return submission;
  }

  Delivery.Builder delivery() {
    return delivery;
  }

  Leg.Builder leg() {
    return leg;
  }

  void header(Channel channel, long startedMicros, String account, String foreignId) {
    var startedAt = Times.timestamp(startedMicros);
    record
        .setRecordId(RecordId.derived(Times.millis(startedAt), account, foreignId).toString())
        .setStartedAt(startedAt)
        .setAccount(account)
        .setChannel(channel);
    leg.setNumber(1).setSupplier(provider).setSupplierMessageId(foreignId);
  }

  /** When the provider last changed the row, where it says so: orders reports of one message. */
  void updatedAt(@Nullable Long micros) {
    updatedMicros = micros;
  }

  void sender(String text, String field) {
    if (!text.isEmpty()) {
      Addresses.Address address = Addresses.of(text, field, misfit());
      submission.setSender(address.party()).setCountryOfSender(address.country());
    }
  }

  void recipient(String text, String field) {
    Addresses.Address address = Addresses.of(text, field, misfit());
    submission
        .setRecipient(address.party())
        .setCountryOfRecipient(address.country())
        .setNumberRange(address.range());
  }

  /** What an address that is none should have been on the record's channel. */
  private String misfit() {
    return switch (record.getChannel()) {
      case SMS, MMS, VOICE -> "not a telephone number";
      default -> "not an e-mail address";
    };
  }

  void mccMnc(String text, String field) {
    if (text.isEmpty()) {
      return;
    }
    if (!text.matches("[0-9]{5,6}")) {
      throw new BadRow(BadRowCode.BAD_MCC_MNC, field, "not five or six digits");
    }
    submission.setMccMnc(text);
    leg.setMccMnc(text);
  }

  /**
   * The provider's word for the status, kept; its group from the table, unspecified if not there.
   */
  void status(String text, String group, Map<String, StatusGroup> groups) {
    StatusGroup statusGroup = groups.getOrDefault(group, StatusGroup.STATUS_GROUP_UNSPECIFIED);
    delivery.setStatus(text).setStatusGroup(statusGroup);
    leg.setSupplierStatus(text).setStatusGroup(statusGroup);
  }

  void sentAt(@Nullable Long micros) {
    if (micros != null) {
      delivery.setSentAt(Times.timestamp(micros));
      leg.setSentAt(Times.timestamp(micros));
    }
  }

  void doneAt(@Nullable Long micros) {
    if (micros != null) {
      delivery.setDoneAt(Times.timestamp(micros));
      leg.setDoneAt(Times.timestamp(micros));
    }
  }

  void units(long units, UnitType type) {
    rating.setUnits(units).setUnitType(type);
    leg.setUnits(units).setUnitType(type);
  }

  /** What the account is charged in total. */
  void price(BigDecimal total, String field, String currency, String currencyField) {
    rating.setSalePriceNanos(Amounts.nanos(total, field));
    rating.setCurrency(Amounts.currency(currency, currencyField));
    rated = true;
  }

  void billedMillis(long millis) {
    rating.setBilledDurationMs(millis);
  }

  DetailRecord build() {
    long version = reportVersion();
    // Retention classes may be chosen by it.
    record.setDirection(submission.getDirection());
    record.setSubmission(submission.setVersion(submissionVersion()));
    record.setDelivery(delivery.setVersion(version));
    if (rated) {
      record.setRating(rating.setVersion(version));
    }
    return record.addLegs(leg.setVersion(version)).build();
  }

  private long reportVersion() {
    long millis =
        updatedMicros != null
            ? Math.floorDiv(updatedMicros, 1000L)
            : Times.millis(
                delivery.hasDoneAt()
                    ? delivery.getDoneAt()
                    : delivery.hasSentAt() ? delivery.getSentAt() : record.getStartedAt());
    return millis << 2 | finality(delivery.getStatusGroup());
  }

  private static int finality(StatusGroup group) {
    return switch (group) {
      case ACCEPTED -> 1;
      case PENDING -> 2;
      case DELIVERED, UNDELIVERABLE, EXPIRED, REJECTED -> 3;
      default -> 0;
    };
  }

  private long submissionVersion() {
    int fields = 1;
    for (Object value : submission.getAllFields().values()) {
      fields += value instanceof Message message ? message.getAllFields().size() : 1;
    }
    CRC32C hash = new CRC32C();
    hash.update(submission.build().toByteArray());
    return (long) fields << 32 | hash.getValue();
  }
}
