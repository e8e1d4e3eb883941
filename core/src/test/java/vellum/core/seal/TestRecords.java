package vellum.core.seal;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import vellum.core.record.RecordId;
import vellum.v1.Channel;
import vellum.v1.Check;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.OptionsProto;
import vellum.v1.Party;
import vellum.v1.Rating;
import vellum.v1.StatusGroup;
import vellum.v1.Submission;
import vellum.v1.UnitType;

/** Records for tests: a plain SMS, its later aspects, and one with every field set. */
public final class TestRecords {

  public static final String NUMBER = "+491701234567";
  public static final Instant STARTED = Instant.parse("2026-11-15T08:30:00.123456Z");

  private TestRecords() {}

  public static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** A header at a time, with an id made from a seed. */
  public static DetailRecord.Builder header(long seed, Instant startedAt) {
    return DetailRecord.newBuilder()
        .setRecordId(
            RecordId.derived(startedAt.toEpochMilli(), "acct-1", Long.toString(seed)).toString())
        .setStartedAt(timestamp(startedAt))
        .setAccount("acct-1")
        .setChannel(Channel.SMS);
  }

  public static DetailRecord sms(long seed) {
    return sms(seed, STARTED, NUMBER).build();
  }

  public static DetailRecord.Builder sms(long seed, Instant startedAt, String recipient) {
    return header(seed, startedAt)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setSender(party(IdentifierKind.ALPHANUMERIC, "ACME"))
                .setRecipient(party(IdentifierKind.E164, recipient))
                .setMccMnc("26201")
                .setCountryOfRecipient("DE"));
  }

  public static DetailRecord delivered(long seed, long version) {
    return header(seed, STARTED)
        .setDelivery(
            Delivery.newBuilder()
                .setVersion(version)
                .setStatusGroup(StatusGroup.DELIVERED)
                .setStatus("DELIVERED_TO_HANDSET")
                .setDoneAt(timestamp(STARTED.plusSeconds(4))))
        .build();
  }

  public static DetailRecord rated(long seed, long version, long nanos) {
    return header(seed, STARTED)
        .setRating(
            Rating.newBuilder()
                .setVersion(version)
                .setUnits(1)
                .setUnitType(UnitType.SEGMENT)
                .setSalePriceNanos(nanos)
                .setCurrency("EUR"))
        .build();
  }

  public static Party party(IdentifierKind kind, String value) {
    return Party.newBuilder()
        .addIdentifiers(Identifier.newBuilder().setKind(kind).setValue(value))
        .build();
  }

  /**
   * A record whose every field that is stored has a value that the seed decides; texts are {@code
   * prefix…}.
   */
  public static DetailRecord full(RandomGenerator random, String textPrefix) {
    long millis = STARTED.toEpochMilli() + random.nextInt(1_000_000);
    DetailRecord.Builder record = DetailRecord.newBuilder();
    fill(record, random, textPrefix);
    for (int i = 0; i < record.getLegsCount(); i++) {
      record.getLegsBuilder(i).setNumber(i + 1);
    }
    return record
        .clearDirection()
        .setRecordId(RecordId.random(millis, random).toString())
        .setStartedAt(timestamp(Instant.ofEpochMilli(millis)))
        .build();
  }

  private static void fill(Message.Builder message, RandomGenerator random, String prefix) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      int times = field.isRepeated() ? 2 : 1;
      for (int i = 0; i < times; i++) {
        Object value = value(message, field, random, prefix);
        if (field.isRepeated()) {
          message.addRepeatedField(field, value);
        } else if (field.getContainingOneof() == null
            || message.getOneofFieldDescriptor(field.getContainingOneof()) == null
            || random.nextBoolean()) {
          message.setField(field, value);
        }
      }
    }
  }

  private static Object value(
      Message.Builder message, FieldDescriptor field, RandomGenerator random, String prefix) {
    return switch (field.getJavaType()) {
      case STRING -> text(field, random, prefix);
      case ENUM -> known(field.getEnumType(), random);
      case BOOLEAN -> true;
      case INT -> 1 + random.nextInt(10_000);
      case LONG -> 1 + random.nextLong(1_000_000_000_000L);
      case MESSAGE -> nested(message, field, random, prefix);
      default -> throw new AssertionError(field.getFullName());
    };
  }

  private static Object known(EnumDescriptor type, RandomGenerator random) {
    return type.getValues().get(1 + random.nextInt(type.getValues().size() - 1));
  }

  private static Message nested(
      Message.Builder message, FieldDescriptor field, RandomGenerator random, String prefix) {
    if (field.getMessageType().equals(Timestamp.getDescriptor())) {
      return timestamp(STARTED.plusNanos(1000L * random.nextInt(1_000_000_000)));
    }
    if (field.getMessageType().equals(Identifier.getDescriptor())) {
      return identifier(random, prefix);
    }
    Message.Builder nested = message.newBuilderForField(field);
    fill(nested, random, prefix);
    return nested.build();
  }

  private static Identifier identifier(RandomGenerator random, String prefix) {
    long digits = 1_000_000_000_000L + random.nextLong(8_000_000_000_000L);
    return switch (random.nextInt(5)) {
      case 0 -> id(IdentifierKind.E164, "+" + digits);
      case 1 -> id(IdentifierKind.EMAIL_ADDRESS, prefix + digits + "@mail.example");
      case 2 -> id(IdentifierKind.IMSI, "26" + digits);
      case 3 -> id(IdentifierKind.CHANNEL_USER_ID, prefix + digits);
      default -> id(IdentifierKind.SIP_URI, "sip:+" + digits + "@" + prefix + ".example");
    };
  }

  private static Identifier id(IdentifierKind kind, String value) {
    return Identifier.newBuilder().setKind(kind).setValue(value).build();
  }

  private static String text(FieldDescriptor field, RandomGenerator random, String prefix) {
    if (field.getNumber() == Submission.CONTENT_POLICY_FIELD_NUMBER
        && field.getContainingType().equals(Submission.getDescriptor())) {
      return "P30D";
    }
    Check check = field.getOptions().getExtension(OptionsProto.check);
    return switch (check) {
      case COUNTRY -> List.of("DE", "IN", "US").get(random.nextInt(3));
      case CURRENCY -> List.of("EUR", "INR", "USD").get(random.nextInt(3));
      case MCC_MNC -> "26" + (100 + random.nextInt(900));
      case PERIOD -> "2026-11";
      case DOMAIN -> "mail.example";
      default -> prefix + random.nextInt(1_000_000);
    };
  }
}
