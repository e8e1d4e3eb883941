package vellum.bench.peers;

import com.google.protobuf.Timestamp;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Party;
import vellum.v1.Rating;
import vellum.v1.Submission;

/** Makes a whole record's message into the bytes that {@link PeerRecord} reads. Not thread-safe. */
final class PeerRecordWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** The record's bytes, message and columns. */
  byte[] write(DetailRecord record) {
    bytes.reset();
    try {
      out.writeInt(record.getSerializedSize());
      record.writeTo(out);
      for (PeerColumn column : PeerColumn.values()) {
        write(column, record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can always be written", e);
    }
    return bytes.toByteArray();
  }

  private void write(PeerColumn column, DetailRecord record) throws IOException {
    if (column.type() == PeerColumn.Type.ID) {
      UUID id = UUID.fromString(record.getRecordId());
      out.writeLong(id.getMostSignificantBits());
      out.writeLong(id.getLeastSignificantBits());
    } else if (column.isText()) {
      byte[] text = text(column, record).getBytes(StandardCharsets.ISO_8859_1);
      out.writeShort(text.length);
      out.write(text);
    } else {
      out.writeLong(number(column, record));
    }
  }

  private static String text(PeerColumn column, DetailRecord record) {
    Submission submission = record.getSubmission();
    Rating rating = record.getRating();
    Leg leg = lastLeg(record);
    return switch (column) {
      case ACCOUNT -> record.getAccount();
      case PRODUCER -> submission.getProducer();
      case APPLICATION -> submission.getApplication();
      case CAMPAIGN -> submission.getCampaign();
      case BULK_ID -> submission.getBulkId();
      case SENDER -> party(submission.getSender());
      case RECIPIENT -> party(submission.getRecipient());
      case COUNTRY -> submission.getCountryOfRecipient() + submission.getCountryOfSender();
      case MCC_MNC -> submission.getMccMnc();
      case PORTED_MCC_MNC -> submission.getPortedMccMnc();
      case STATUS -> record.getDelivery().getStatus();
      case ERROR_CODE -> record.getDelivery().getErrorCode();
      case CURRENCY -> rating.getCurrency();
      case RATE_PLAN -> rating.getRatePlanVersion();
      case SUPPLIER -> leg.getSupplier();
      case CONNECTION -> leg.getConnection();
      case ROUTE -> leg.getRoute();
      case SUPPLIER_MESSAGE_ID -> leg.getSupplierMessageId();
      case SUPPLIER_STATUS -> leg.getSupplierStatus();
      case LEG_CURRENCY -> leg.getCurrency();
      default -> throw new IllegalArgumentException(column + " is no text");
    };
  }

  private static long number(PeerColumn column, DetailRecord record) {
    Submission submission = record.getSubmission();
    Delivery delivery = record.getDelivery();
    Rating rating = record.getRating();
    return switch (column) {
      case STARTED_AT -> micros(record.getStartedAt());
      case CHANNEL -> record.getChannelValue();
      case DIRECTION -> submission.getDirectionValue();
      case TRAFFIC_TYPE -> submission.getTrafficTypeValue();
      case STATUS_GROUP -> delivery.getStatusGroupValue();
      case ERROR_GROUP -> delivery.getErrorGroupValue();
      case ATTEMPTS -> delivery.getAttempts();
      case SENT_AT -> micros(delivery.getSentAt());
      case DONE_AT -> micros(delivery.getDoneAt());
      case UNITS -> rating.getUnits();
      case UNIT_TYPE -> rating.getUnitTypeValue();
      case SALE_NANOS -> rating.getSalePriceNanos();
      case COST_NANOS -> rating.getCostPriceNanos();
      case RATED_AT -> micros(rating.getRatedAt());
      case DURATION_MS -> rating.getBilledDurationMs();
      case LEG_COST_NANOS -> lastLeg(record).getCostNanos();
      default -> throw new IllegalArgumentException(column + " is no number");
    };
  }

  private static Leg lastLeg(DetailRecord record) {
    int legs = record.getLegsCount();
    return legs == 0 ? Leg.getDefaultInstance() : record.getLegs(legs - 1);
  }

  private static String party(Party party) {
    return party.getIdentifiersCount() == 0 ? "" : party.getIdentifiers(0).getValue();
  }

  private static long micros(Timestamp time) {
    return time.getSeconds() * 1_000_000 + time.getNanos() / 1_000;
  }
}
