package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import org.junit.jupiter.api.Test;
import vellum.v1.Channel;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;
import vellum.v1.Identifier;
import vellum.v1.Leg;
import vellum.v1.Party;
import vellum.v1.Rating;
import vellum.v1.StatusGroup;
import vellum.v1.Submission;

final class PeerRecordTest {

  private static final String ID = "019a3e00-1234-7abc-8def-0123456789ab";

  private final PeerRecordWriter writer = new PeerRecordWriter();

  @Test
  void shouldHoldTheMessageAsItIs() throws InvalidProtocolBufferException {
    // given
    DetailRecord message = message("Shop", "+491601234567");

    // when
    PeerRecord record = new PeerRecord(writer.write(message));

    // then
    assertThat(DetailRecord.parseFrom(record.message())).isEqualTo(message);
    assertThat(record.messageLength()).isEqualTo(message.getSerializedSize());
  }

  @Test
  void shouldHaveTheMessagesFieldsAsColumns() {
    // when
    PeerRecord record = new PeerRecord(writer.write(message("Shop", "+491601234567")));

    // then
    assertThat(record.id()).isEqualTo(ID);
    assertThat(record.text(PeerColumn.ACCOUNT)).isEqualTo("acme");
    assertThat(record.number(PeerColumn.STARTED_AT)).isEqualTo(1_770_000_000_123_456L);
    assertThat(record.number(PeerColumn.CHANNEL)).isEqualTo(Channel.SMS_VALUE);
    assertThat(record.text(PeerColumn.RECIPIENT)).isEqualTo("+491601234567");
    assertThat(record.text(PeerColumn.COUNTRY)).isEqualTo("DE");
    assertThat(record.number(PeerColumn.STATUS_GROUP)).isEqualTo(StatusGroup.DELIVERED_VALUE);
    assertThat(record.number(PeerColumn.SALE_NANOS)).isEqualTo(50_000_000);
    assertThat(record.text(PeerColumn.CURRENCY)).isEqualTo("EUR");
  }

  @Test
  void shouldTakeTheLastLegForItsSupplier() {
    // when
    PeerRecord record = new PeerRecord(writer.write(message("Shop", "+491601234567")));

    // then
    assertThat(record.text(PeerColumn.SUPPLIER)).isEqualTo("second");
    assertThat(record.number(PeerColumn.LEG_COST_NANOS)).isEqualTo(31_000_000);
  }

  @Test
  void shouldHaveNothingWhereTheMessageHasNothing() {
    // when
    PeerRecord record = new PeerRecord(writer.write(message("Shop", "+491601234567")));

    // then
    assertThat(record.text(PeerColumn.CAMPAIGN)).isEmpty();
    assertThat(record.number(PeerColumn.SENT_AT)).isZero();
  }

  @Test
  void shouldBeFoundByNumbersAndNotByNames() {
    assertThat(subjects("Shop", "+491601234567")).containsExactly("+491601234567");
    assertThat(subjects("+491601234567", "a@example.org"))
        .containsExactly("+491601234567", "a@example.org");
    assertThat(subjects("10000000000000042", "+491601234567")).hasSize(2);
    assertThat(subjects("+491601234567", "+491601234567")).hasSize(1);
  }

  @Test
  void shouldRefuseToReadATextAsANumber() {
    // given
    PeerRecord record = new PeerRecord(writer.write(message("Shop", "+491601234567")));

    // then
    assertThatThrownBy(() -> record.text(PeerColumn.UNITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("UNITS");
  }

  private Iterable<String> subjects(String sender, String recipient) {
    return new PeerRecord(writer.write(message(sender, recipient))).subjects();
  }

  private static DetailRecord message(String sender, String recipient) {
    return DetailRecord.newBuilder()
        .setRecordId(ID)
        .setAccount("acme")
        .setStartedAt(Timestamp.newBuilder().setSeconds(1_770_000_000L).setNanos(123_456_000))
        .setChannel(Channel.SMS)
        .setDirection(Direction.MT)
        .setSubmission(
            Submission.newBuilder()
                .setDirection(Direction.MT)
                .setSender(party(sender))
                .setRecipient(party(recipient))
                .setCountryOfRecipient("DE"))
        .setDelivery(Delivery.newBuilder().setStatusGroup(StatusGroup.DELIVERED))
        .setRating(Rating.newBuilder().setSalePriceNanos(50_000_000).setCurrency("EUR"))
        .addLegs(Leg.newBuilder().setNumber(1).setSupplier("first").setCostNanos(9))
        .addLegs(Leg.newBuilder().setNumber(2).setSupplier("second").setCostNanos(31_000_000))
        .build();
  }

  private static Party party(String value) {
    return Party.newBuilder().addIdentifiers(Identifier.newBuilder().setValue(value)).build();
  }
}
