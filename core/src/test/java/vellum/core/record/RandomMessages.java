package vellum.core.record;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.random.RandomGenerator;

/**
 * Messages of the schema with values that no check would let through: all kinds of characters, the
 * ends of every number, unknown values of enums, empty messages, every year.
 */
final class RandomMessages {

  private static final long FIRST_SECOND = -62_135_596_800L;
  private static final long LAST_SECOND = 253_402_300_799L;

  /** Characters that are escaped, or stand next to one that is, or are of several bytes. */
  private static final String STRANGE =
      "\"\\/<>&='\t\b\n\r\f\u0000\u0001\u001f \u007f\u0080\u07ff\u0800\u1fff\u2027\u2028\u2029\u202a"
          + "\u20ac\u2fff\ud7ff\ue000\ufeff\ufffd\uffff";

  private final RandomGenerator random;

  RandomMessages(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A message.
   *
   * @param share of the fields that are set: 0 to 1
   */
  Message next(Message.Builder message, double share) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      double wanted = field.getContainingOneof() == null ? share : share / 2;
      int times = random.nextDouble() < wanted ? field.isRepeated() ? random.nextInt(1, 4) : 1 : 0;
      for (int i = 0; i < times; i++) {
        Object value = value(message, field, share);
        if (field.isRepeated()) {
          message.addRepeatedField(field, value);
        } else {
          message.setField(field, value);
        }
      }
    }
    return message.build();
  }

  private Object value(Message.Builder message, FieldDescriptor field, double share) {
    return switch (field.getJavaType()) {
      case STRING -> text();
      case ENUM -> anyOf(field.getEnumType());
      case BOOLEAN -> random.nextBoolean();
      case INT -> (int) number();
      case LONG -> number();
      case MESSAGE ->
          field.getMessageType().equals(Timestamp.getDescriptor())
              ? time()
              : next(message.newBuilderForField(field), share);
      default -> throw new AssertionError(field.getFullName());
    };
  }

  private Object anyOf(EnumDescriptor type) {
    int number = random.nextInt(8) == 0 ? (int) number() : random.nextInt(type.getValues().size());
    return type.findValueByNumberCreatingIfUnknown(number);
  }

  private long number() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(-1, 2);
      case 1 -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
      case 2 -> random.nextBoolean() ? Integer.MAX_VALUE : Integer.MIN_VALUE;
      default -> random.nextLong() >> random.nextInt(64);
    };
  }

  private Timestamp time() {
    long seconds =
        switch (random.nextInt(6)) {
          case 0 -> random.nextInt(-2, 3);
          case 1 -> random.nextBoolean() ? FIRST_SECOND : LAST_SECOND;
          // Leap days, ends of years and of centuries.
          case 2 -> random.nextLong(-700, 2900) * 31_556_952L + random.nextInt(-3, 4);
          default -> random.nextLong(FIRST_SECOND, LAST_SECOND + 1);
        };
    int nanos =
        switch (random.nextInt(5)) {
          case 0 -> 0;
          case 1 -> random.nextInt(1_000) * 1_000_000;
          case 2 -> random.nextInt(1_000_000) * 1_000;
          case 3 -> random.nextBoolean() ? 1 : 999_999_999;
          default -> random.nextInt(1_000_000_000);
        };
    return Timestamp.newBuilder()
        .setSeconds(Math.max(FIRST_SECOND, Math.min(LAST_SECOND, seconds)))
        .setNanos(nanos)
        .build();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(12);
    int kind = random.nextInt(5);
    while (text.length() < length) {
      switch (kind == 4 ? random.nextInt(4) : kind) {
        case 0 -> text.append((char) random.nextInt(' ', 0x7F));
        case 1 -> text.append(STRANGE.charAt(random.nextInt(STRANGE.length())));
        case 2 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
        // Half of a pair, too: in UTF-8 it becomes a question mark.
        default -> text.append((char) random.nextInt(0x10000));
      }
    }
    return text.toString();
  }
}
