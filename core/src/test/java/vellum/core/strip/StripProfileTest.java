package vellum.core.strip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vellum.v1.ChannelProto;
import vellum.v1.OptionsProto;
import vellum.v1.PartyProto;
import vellum.v1.Privacy;
import vellum.v1.RecordProto;

/** Every field of the schema has a decision, and no decision lets a person through. */
final class StripProfileTest {

  private static final StripProfile PROFILE = StripProfile.DEFAULT;

  private static Stream<FieldDescriptor> fields() {
    return Stream.of(
            RecordProto.getDescriptor(), PartyProto.getDescriptor(), ChannelProto.getDescriptor())
        .flatMap(file -> file.getMessageTypes().stream())
        .flatMap(message -> message.getFields().stream());
  }

  private static String name(FieldDescriptor field) {
    return field.getContainingType().getName() + "." + field.getName();
  }

  private static StripRule rule(FieldDescriptor field) {
    return PROFILE.rule(name(field));
  }

  private static Privacy privacy(FieldDescriptor field) {
    return field.getOptions().getExtension(OptionsProto.privacy);
  }

  @Test
  void shouldDecideForEveryFieldOfTheSchema() {
    assertThat(fields()).hasSizeGreaterThan(90).allSatisfy(field -> rule(field).name());
  }

  @Test
  void shouldRefuseProfilesThatDoNotKeepWhatTotalsAreKeptBy() {
    // given
    Map<String, StripRule> rules = new HashMap<>();
    fields().forEach(field -> rules.put(name(field), rule(field)));
    assertThat(new StripProfile("own", rules).name()).isEqualTo("own");

    // when
    rules.put("Leg.route", StripRule.DROP);

    // then
    assertThatThrownBy(() -> new StripProfile("own", rules))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("own must keep Leg.route");
  }

  @Test
  void shouldDropEveryFieldThatSaysSomethingAboutPeople() {
    List<Privacy> personal =
        List.of(Privacy.IDENTITY, Privacy.FREE_TEXT, Privacy.CONTENT, Privacy.USAGE);
    assertThat(fields().filter(field -> personal.contains(privacy(field))))
        .isNotEmpty()
        .allSatisfy(
            field -> {
              switch (name(field)) {
                // Parties: what is in clear in them is a business's.
                case "Submission.sender",
                    "Submission.recipient",
                    "Submission.original_sender",
                    "Submission.forwarded_from" ->
                    assertThat(rule(field)).isEqualTo(StripRule.INSIDE);
                case "Party.identifiers" -> assertThat(rule(field)).isEqualTo(StripRule.BUSINESS);
                // Copied with its identifier, which stays only when its value is in clear.
                case "Identifier.value" -> assertThat(rule(field)).isEqualTo(StripRule.KEEP);
                default -> assertThat(rule(field)).as(name(field)).isEqualTo(StripRule.DROP);
              }
            });
  }

  @Test
  void shouldCutEveryTimeToTheSecondOrDropIt() {
    assertThat(
            fields()
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .filter(field -> field.getMessageType().equals(Timestamp.getDescriptor())))
        .isNotEmpty()
        .allSatisfy(field -> assertThat(rule(field)).isIn(StripRule.SECOND, StripRule.DROP));
  }

  @Test
  void shouldLeaveEveryAmountToTheLastNano() {
    assertThat(fields().filter(field -> privacy(field) == Privacy.BILLING))
        .allSatisfy(
            field ->
                assertThat(rule(field))
                    .as(name(field))
                    .isIn(StripRule.KEEP, StripRule.INSIDE, StripRule.SECOND));
  }

  @Test
  void shouldDropWhatJoinsARecordWithAnothersLog() {
    assertThat(
            List.of(
                "DetailRecord.record_id",
                "Submission.bulk_id",
                "CallDetails.call_id",
                "CallDetails.parent_call_id",
                "ChatDetails.conversation_id",
                "ChatDetails.fallback_of",
                "Leg.supplier_message_id",
                "EmailDetails.sending_ip",
                "Delivery.seen_at"))
        .allSatisfy(field -> assertThat(PROFILE.rule(field)).isEqualTo(StripRule.DROP));
  }

  @Test
  void shouldRefuseFieldsAndProfilesItDoesNotKnow() {
    assertThatThrownBy(() -> PROFILE.rule("Submission.new_field"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Submission.new_field");
    assertThatThrownBy(() -> StripProfile.named("other")).hasMessageContaining("\"other\"");
    assertThat(StripProfile.named("default")).isSameAs(PROFILE);
  }
}
