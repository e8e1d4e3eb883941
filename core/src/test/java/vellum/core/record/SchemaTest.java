package vellum.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vellum.v1.ChannelProto;
import vellum.v1.Check;
import vellum.v1.DetailRecord;
import vellum.v1.OptionsProto;
import vellum.v1.PartyProto;
import vellum.v1.Privacy;
import vellum.v1.RecordProto;
import vellum.v1.StreamProto;
import vellum.v1.UsageProto;
import vellum.v1.UsageRecord;

/** The contract that producers in every language rely on. */
final class SchemaTest {

  private static final List<FileDescriptor> FILES =
      List.of(
          RecordProto.getDescriptor(),
          PartyProto.getDescriptor(),
          ChannelProto.getDescriptor(),
          UsageProto.getDescriptor(),
          StreamProto.getDescriptor());

  private static Stream<FieldDescriptor> fields() {
    return FILES.stream()
        .flatMap(file -> file.getMessageTypes().stream())
        .map(Descriptor::getFields)
        .flatMap(List::stream);
  }

  private static Stream<FieldDescriptor> recordFields() {
    return Stream.of(
            RecordProto.getDescriptor(), PartyProto.getDescriptor(), ChannelProto.getDescriptor())
        .flatMap(file -> file.getMessageTypes().stream())
        .map(Descriptor::getFields)
        .flatMap(List::stream);
  }

  @Test
  void shouldSayOfEveryFieldWhatItSaysAboutPeople() {
    assertThat(fields().count()).isGreaterThan(150);
    assertThat(fields())
        .allSatisfy(
            field ->
                assertThat(field.getOptions().getExtension(OptionsProto.privacy))
                    .as(field.getFullName())
                    .isNotEqualTo(Privacy.PRIVACY_UNSPECIFIED));
  }

  @Test
  void shouldBoundEveryTextThatItsCheckDoesNotBound() {
    List<Check> bounding =
        List.of(Check.RECORD_ID, Check.COUNTRY, Check.CURRENCY, Check.MCC_MNC, Check.PERIOD);
    assertThat(
            recordFields()
                .filter(field -> field.getType() == FieldDescriptor.Type.STRING)
                .filter(field -> !bounding.contains(check(field)))
                .filter(field -> field.getOptions().getExtension(OptionsProto.max) == 0))
        .isEmpty();
  }

  @Test
  void shouldBoundEveryRepeatedField() {
    assertThat(
            recordFields()
                .filter(FieldDescriptor::isRepeated)
                .filter(field -> field.getOptions().getExtension(OptionsProto.max) == 0))
        .isEmpty();
  }

  @Test
  void shouldKeepUsageOutOfRecords() {
    assertThat(recordFields())
        .noneMatch(field -> field.getOptions().getExtension(OptionsProto.privacy) == Privacy.USAGE);
    assertThat(UsageProto.getDescriptor().getMessageTypes().get(0).getFields())
        .allMatch(field -> field.getOptions().getExtension(OptionsProto.privacy) == Privacy.USAGE);
  }

  @Test
  void shouldNumberTheHeaderOfAnEventAsThatOfARecord() {
    assertThat(
            List.of(
                UsageRecord.EVENT_ID_FIELD_NUMBER,
                UsageRecord.AT_FIELD_NUMBER,
                UsageRecord.ACCOUNT_FIELD_NUMBER))
        .containsExactly(
            DetailRecord.RECORD_ID_FIELD_NUMBER,
            DetailRecord.STARTED_AT_FIELD_NUMBER,
            DetailRecord.ACCOUNT_FIELD_NUMBER);
  }

  @Test
  void shouldFitFieldNumbersIntoTheAssociatedDataOfSeals() {
    // RowFormat.sealPath has 6 bits for a field of an aspect and 7 for a field within it.
    assertThat(recordFields().filter(field -> field.getNumber() >= 64)).isEmpty();
  }

  @Test
  void shouldGiveVersionsTheFirstNumberOfEveryAspect() {
    assertThat(AspectKind.values())
        .filteredOn(aspect -> aspect != AspectKind.USAGE)
        .allSatisfy(
            aspect -> {
              FieldDescriptor field =
                  DetailRecord.getDescriptor().findFieldByNumber(aspect.field());
              assertThat(check(field.getMessageType().findFieldByNumber(1)))
                  .isEqualTo(Check.VERSION);
            });
  }

  private static Check check(FieldDescriptor field) {
    return field.getOptions().getExtension(OptionsProto.check);
  }
}
