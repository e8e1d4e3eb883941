package vellum.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vellum.v1.Channel;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.EmailDetails;
import vellum.v1.Identifier;
import vellum.v1.Leg;
import vellum.v1.Party;
import vellum.v1.Rating;
import vellum.v1.Submission;
import vellum.v1.UsageRecord;

final class MessageJsonTest {

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace().preservingProtoFieldNames();

  private final MessageJson records = MessageJson.ofRecords();
  private final MessageJson events = MessageJson.ofEvents();
  private final Output out = new Output(0);

  private String written(MessageJson json, byte[] message) {
    // Not at the start of its array, nor at its end.
    byte[] within = new byte[message.length + 20];
    Arrays.fill(within, (byte) 0xFF);
    System.arraycopy(message, 0, within, 7, message.length);
    out.clear();
    json.write(within, 7, message.length, out);
    return new String(out.bytes(), 0, out.size(), StandardCharsets.UTF_8);
  }

  private String written(DetailRecord.Builder record) {
    return written(records, record.build().toByteArray());
  }

  @Test
  void shouldWriteRecordsAsProtobufDoes() throws Exception {
    long seed = 41;
    Random random = new Random(seed);
    RandomMessages messages = new RandomMessages(random);
    for (int i = 0; i < 6_000; i++) {
      double share = i % 3 == 0 ? 1 : random.nextDouble();
      byte[] bytes = messages.next(DetailRecord.newBuilder(), share).toByteArray();

      String expected = PRINTER.print(DetailRecord.parseFrom(bytes));

      assertThat(written(records, bytes)).as("seed %d, record %d", seed, i).isEqualTo(expected);
    }
  }

  @Test
  void shouldWriteEventsAsProtobufDoes() throws Exception {
    RandomMessages messages = new RandomMessages(new Random(42));
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = messages.next(UsageRecord.newBuilder(), 0.8).toByteArray();

      String expected = PRINTER.print(UsageRecord.parseFrom(bytes));

      assertThat(written(events, bytes)).isEqualTo(expected);
      assertThat(events.text(bytes)).isEqualTo(expected);
    }
  }

  /** What the comparison above rests on. */
  @Test
  void shouldHaveMetEveryFieldAndChannel() {
    RandomMessages messages = new RandomMessages(new Random(41));
    Set<String> met = new HashSet<>();
    Set<Channel> channels = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      DetailRecord record = (DetailRecord) messages.next(DetailRecord.newBuilder(), 1);
      collect(record, met);
      channels.add(record.getChannel());
    }
    Set<String> all = new HashSet<>();
    collect(DetailRecord.getDescriptor(), all);
    assertThat(met).containsAll(all);
    assertThat(channels).contains(Channel.values());
  }

  private static void collect(Message message, Set<String> met) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              met.add(field.getFullName());
              Iterable<?> all = field.isRepeated() ? (Iterable<?>) value : Set.of(value);
              all.forEach(
                  one -> {
                    if (one instanceof Message inner) {
                      collect(inner, met);
                    }
                  });
            });
  }

  private static void collect(Descriptor message, Set<String> all) {
    message
        .getFields()
        .forEach(
            field -> {
              all.add(field.getFullName());
              if (field.getJavaType().name().equals("MESSAGE")) {
                collect(field.getMessageType(), all);
              }
            });
  }

  @Test
  void shouldWriteARecordAsItIsShown() {
    DetailRecord.Builder record =
        DetailRecord.newBuilder()
            .setRecordId("019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55")
            .setStartedAt(Timestamp.newBuilder().setSeconds(1_794_000_000).setNanos(120_000_000))
            .setChannel(Channel.SMS)
            .setSubmission(
                Submission.newBuilder()
                    .setVersion(-1)
                    .setUtcOffsetMinutes(-90)
                    .setSender(Party.newBuilder().addIdentifiers(Identifier.newBuilder()))
                    .setCallbackData("<a href=\"x\">\u2028")
                    .setEmail(EmailDetails.newBuilder().setBytes(-5)))
            .setDelivery(Delivery.newBuilder().setPermanent(true).setAttempts(-1))
            .setRating(Rating.newBuilder().setBilledDurationMs(-250))
            .addLegs(Leg.newBuilder())
            .addLegs(Leg.newBuilder().setNumber(2));

    assertThat(written(record))
        .isEqualTo(
            "{\"record_id\":\"019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55\","
                + "\"started_at\":\"2026-11-06T21:20:00.120Z\",\"channel\":\"SMS\","
                + "\"submission\":{\"version\":\"18446744073709551615\","
                + "\"sender\":{\"identifiers\":[{}]},\"utc_offset_minutes\":-90,"
                + "\"callback_data\":\"\\u003ca href\\u003d\\\"x\\\"\\u003e\\u2028\","
                + "\"email\":{\"bytes\":-5}},"
                + "\"delivery\":{\"permanent\":true,\"attempts\":4294967295},"
                + "\"rating\":{\"billed_duration_ms\":\"-250\"},\"legs\":[{},{\"number\":2}]}");
    assertThat(written(DetailRecord.newBuilder())).isEqualTo("{}");
  }

  @Test
  void shouldLeaveOutWhatIsZeroThoughItWasSent() throws Exception {
    // No id, a time of nothing, no channel, a submission of version 0 with no producer, two legs.
    byte[] record = {10, 0, 18, 0, 32, 0, 66, 4, 8, 0, 34, 0, 90, 0, 90, 2, 8, 0};

    assertThat(written(records, record))
        .isEqualTo("{\"started_at\":\"1970-01-01T00:00:00Z\",\"submission\":{},\"legs\":[{},{}]}");
    assertThat(written(records, record)).isEqualTo(PRINTER.print(DetailRecord.parseFrom(record)));
  }

  @Test
  void shouldRefuseWhatIsNotCanonical() {
    byte[] twice = {32, 1, 32, 2};
    byte[] backwards = {32, 1, 26, 1, 'a'};
    byte[] unknown = {13 << 3, 1};
    byte[] otherType = {34, 0};
    byte[] notUtf8 = {26, 2, (byte) 0xC3, (byte) '('};
    byte[] half = {26, 3, (byte) 0xED, (byte) 0xA0, (byte) 0x80};
    byte[] noNumber = {0, 0};
    for (byte[] bytes :
        new byte[][] {twice, backwards, unknown, otherType, notUtf8, half, noNumber}) {
      assertThatThrownBy(() -> written(records, bytes))
          .as(Arrays.toString(bytes))
          .isInstanceOf(IllegalArgumentException.class);
    }
    byte[] tooShort = {26, 5, 'a'};
    assertThatThrownBy(() -> written(records, tooShort)).isInstanceOf(Wire.Truncated.class);
    byte[] year10000 = {18, 7, 8, (byte) 0x80, (byte) 0x83, (byte) 0xD1, -1, (byte) 0xAF, 7};
    assertThatThrownBy(() -> written(records, year10000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("years 1 to 9999");
  }
}
