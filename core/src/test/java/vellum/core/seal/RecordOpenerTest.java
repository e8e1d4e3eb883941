package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.MessageJson;
import vellum.core.record.Output;
import vellum.v1.DetailRecord;
import vellum.v1.Submission;

/** The encoding in which records are opened; that they are opened whole, other tests say. */
final class RecordOpenerTest {

  @TempDir Path directory;
  private SealFixture fixture;
  private final RecordOpener opener = new RecordOpener();

  @BeforeEach
  void open() {
    fixture = new SealFixture(directory);
  }

  @ParameterizedTest
  @EnumSource(Identities.class)
  void shouldEncodeAsProtobufDoes(Identities shown) throws Exception {
    Random random = new Random(9);
    MessageJson json = MessageJson.ofRecords();
    Output text = new Output(0);
    for (int i = 0; i < 200; i++) {
      DetailRecord clear = TestRecords.full(random, "canary");
      SealedBatch batch = fixture.seal(clear);
      SealedRecord record = SealFixture.records(batch).get(0);
      MonthCipher cipher = fixture.keys.existing(record.month()).orElseThrow().newCipher();

      Output message = opener.encode(record, shown, cipher, ContentSource.NONE);

      byte[] encoded = Arrays.copyOf(message.bytes(), message.size());
      DetailRecord parsed = DetailRecord.parseFrom(encoded);
      assertThat(encoded).isEqualTo(parsed.toByteArray());
      // Which is what the writer of JSON asks for.
      text.clear();
      json.write(encoded, 0, encoded.length, text);
      assertThat(new String(text.bytes(), 0, text.size(), StandardCharsets.UTF_8))
          .isEqualTo(
              JsonFormat.printer()
                  .omittingInsignificantWhitespace()
                  .preservingProtoFieldNames()
                  .print(parsed));
    }
  }

  @Test
  void shouldEncodeContentInItsPlace() throws Exception {
    DetailRecord clear =
        TestRecords.sms(1).toBuilder()
            .setSubmission(
                Submission.newBuilder()
                    .setVersion(1)
                    .setProducer("p")
                    .setContentReference("s3://content/1")
                    .setContentPolicy("P30D")
                    .setMccMnc("26201"))
            .build();
    SealedBatch batch = fixture.seal(clear);
    SealedRecord record = SealFixture.records(batch).get(0);
    SealedRecord content =
        SealFixture.entries(batch).stream()
            .filter(entry -> !entry.month().equals(record.month()))
            .findFirst()
            .orElseThrow();
    ContentSource source =
        (day, key) ->
            new ContentSource.Content(
                content, fixture.keys.existing(day).orElseThrow().newCipher());
    MonthCipher cipher = fixture.keys.existing(record.month()).orElseThrow().newCipher();

    Output message = opener.encode(record, Identities.CLEAR, cipher, source);

    byte[] encoded = Arrays.copyOf(message.bytes(), message.size());
    assertThat(DetailRecord.parseFrom(encoded)).isEqualTo(clear);
    assertThat(encoded).isEqualTo(clear.toByteArray());
  }
}
