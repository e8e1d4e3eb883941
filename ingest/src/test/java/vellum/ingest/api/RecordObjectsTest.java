package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.HttpData;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.period.FoundRecord;
import vellum.core.period.Place;
import vellum.core.period.RecordPage;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.seal.AccountFacts;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.ContentSource;
import vellum.core.seal.EntryReader;
import vellum.core.seal.Identities;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.SealedRecord;
import vellum.core.strip.RowStripper;
import vellum.core.strip.StripProfile;
import vellum.core.strip.StrippedRecord;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.node.NodeFixture;
import vellum.v1.DetailRecord;

/** What an answer shows of a record, by what may be seen of it. */
final class RecordObjectsTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir Path directory;
  private KeyRing keys;
  private DetailRecord sent;
  private SealedRecord sealed;

  @BeforeEach
  void seal() {
    RealDisk disk = new RealDisk();
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.fixed(NodeFixture.NOW);
    keys =
        KeyRing.open(
            directory.resolve("keys"),
            List.of(FileKeyEncryption.open(directory.resolve("kek"), disk, random)),
            disk,
            random,
            clock);
    TrafficGenerator traffic = NodeFixture.traffic(5, 10);
    assertThat(traffic.next()).isTrue();
    sent = traffic.record();
    byte[] message = sent.toByteArray();
    BatchSealer sealer =
        new BatchSealer(new DefaultCalendar(), keys, PeriodGate.ALWAYS, AccountFacts.NONE, clock);
    sealer.begin(account -> true);
    sealer.add(message, 0, message.length);
    SealedBatch batch = sealer.finish();
    EntryReader entry = new EntryReader().over(batch.body(), 0, batch.length());
    assertThat(entry.next()).isTrue();
    byte[] body = entry.bytes();
    sealed =
        new SealedRecord(
            entry.month(),
            Arrays.copyOfRange(body, entry.keyOffset(), entry.keyOffset() + RecordKey.BYTES),
            Arrays.copyOfRange(body, entry.rowOffset(), entry.rowOffset() + entry.rowLength()));
  }

  private JsonNode shown(RecordView view, FoundRecord record) throws Exception {
    Output out = new Output(0);
    new RecordObjects(out, null).add(record, view, "");
    JsonNode written = MAPPER.readTree(out.bytes(), 0, out.size());
    // The same as an object of a tree, in which adjustments have it.
    assertThat(view.of(record).toString()).isEqualTo(written.toString());
    return written;
  }

  private RecordView view(Identities wanted) {
    return new RecordView(keys, ContentSource.NONE, wanted, null);
  }

  private static DetailRecord read(JsonNode shown) throws Exception {
    DetailRecord.Builder record = DetailRecord.newBuilder();
    JsonFormat.parser().merge(shown.get("record").toString(), record);
    return record.build();
  }

  @Test
  void shouldShowWhatTheCallerMaySee() throws Exception {
    FoundRecord found = new FoundRecord.Sealed(sealed);

    JsonNode clear = shown(view(Identities.CLEAR), found);
    JsonNode masked = shown(view(Identities.MASKED), found);
    JsonNode absent = shown(view(Identities.ABSENT), found);

    assertThat(read(clear)).isEqualTo(sent.toBuilder().clearDirection().build());
    assertThat(clear.get("month").textValue()).isEqualTo(sealed.month().toString());
    assertThat(clear.get("identities").textValue()).isEqualTo("clear");
    assertThat(masked.get("identities").textValue()).isEqualTo("masked");
    assertThat(recipient(masked)).contains("***").isNotEqualTo(recipient(clear));
    assertThat(absent.get("identities").textValue()).isEqualTo("absent");
    assertThat(recipient(absent)).isEmpty();
    assertThat(read(absent).getRating()).isEqualTo(sent.getRating());
  }

  private static String recipient(JsonNode shown) throws Exception {
    return read(shown).getSubmission().getRecipient().getIdentifiers(0).getValue();
  }

  @Test
  void shouldShowNobodyOnceTheKeyIsDestroyed() throws Exception {
    FoundRecord found = new FoundRecord.Sealed(sealed);
    RecordView view = view(Identities.CLEAR);
    assertThat(recipient(shown(view, found))).isNotEmpty();

    keys.destroy(sealed.month(), NodeFixture.NOW);

    JsonNode shown = shown(view, found);
    assertThat(shown.get("identities").textValue()).isEqualTo("absent");
    assertThat(recipient(shown)).isEmpty();
    assertThat(shown).isEqualTo(shown(view(Identities.ABSENT), found));
  }

  @Test
  void shouldShowTheReferenceOfAnArchivedRecord() throws Exception {
    RowStripper stripper =
        new RowStripper(StripProfile.DEFAULT, keys.key(sealed.month().year()).newYearMac());
    stripper.strip(sealed.key(), 0, sealed.row(), 0, sealed.row().length);
    StrippedRecord stripped =
        new StrippedRecord(
            sealed.month(),
            stripper.key().clone(),
            Arrays.copyOf(stripper.row().bytes(), stripper.row().size()));
    UUID id = UUID.fromString(sent.getRecordId());

    JsonNode listed =
        shown(view(Identities.CLEAR), new FoundRecord.Stripped(stripped, Optional.empty()));
    JsonNode asked =
        shown(view(Identities.CLEAR), new FoundRecord.Stripped(stripped, Optional.of(id)));

    assertThat(listed.get("identities").textValue()).isEqualTo("absent");
    assertThat(listed.get("archive_reference").textValue())
        .isEqualTo(HexFormat.of().formatHex(stripped.key()));
    assertThat(listed.at("/record/record_id").isMissingNode()).isTrue();
    assertThat(asked.at("/record/record_id").textValue()).isEqualTo(sent.getRecordId());
    assertThat(listed.at("/record/account").textValue()).isEqualTo(sent.getAccount());
    assertThat(listed.at("/record/started_at").textValue()).matches("[^.]*Z");
  }

  @Test
  void shouldPutTheAnswerAroundItsRecords() throws Exception {
    List<FoundRecord> two = List.of(new FoundRecord.Sealed(sealed), new FoundRecord.Sealed(sealed));
    Place next = new Place(sealed.month(), sealed.key());
    ObjectNode head = Json.object().put("kind", "TEL");

    String one = shown(view(Identities.MASKED), two.get(0)).toString();

    assertThat(page(head, two, next))
        .isEqualTo(
            "{\"kind\":\"TEL\",\"records\":["
                + one
                + ","
                + one
                + "],\"next\":\""
                + Cursor.text(next)
                + "\"}");
    assertThat(page(Json.object(), List.of(), null)).isEqualTo("{\"records\":[]}");
  }

  private String page(ObjectNode head, List<FoundRecord> records, @Nullable Place next) {
    HttpData page =
        RecordObjects.page(head, new RecordPage(records, next), view(Identities.MASKED), null);
    return page.toStringUtf8();
  }
}
