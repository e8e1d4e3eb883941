package vellum.core.disclosure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.disclosure.PackageFixture.CANARY;
import static vellum.core.disclosure.PackageFixture.LIVE;
import static vellum.core.disclosure.PackageFixture.facts;
import static vellum.core.disclosure.PackageFixture.records;
import static vellum.core.disclosure.PackageFixture.spec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.CmsException;
import vellum.core.crypto.DevelopmentAgency;
import vellum.core.disk.RealDisk;
import vellum.core.envelope.AgencyKey;
import vellum.core.envelope.EnvelopeException;
import vellum.core.envelope.Passphrase;
import vellum.core.record.Sha256;
import vellum.v1.DetailRecord;

final class PackageTest {

  private static final RecordForm[] ALL = RecordForm.values();

  @TempDir private Path directory;
  private PackageFixture fixture;

  @BeforeEach
  void make() {
    fixture = new PackageFixture(directory, DevelopmentAgency.Key.P_256);
  }

  @Test
  void shouldSayWhatIsInIt() {
    // when
    Manifest manifest = fixture.write(spec(3, ALL), records(8));
    PackageCheck.Report report = fixture.check();
    // then
    assertThat(report.records()).isEqualTo(8);
    assertThat(report.files()).isEqualTo(9);
    assertThat(report.trusted()).isTrue();
    assertThat(report.fingerprint()).isEqualTo(fixture.signer.fingerprint());
    assertThat(report.manifest()).isEqualTo(manifest.json());
    assertThat(manifest.json().path("counts").toString())
        .isEqualTo(
            "{\"records\":8,\"live\":6,\"vault\":0,\"archive\":2,\"with_identities\":6,"
                + "\"without_identities\":2}");
    assertThat(manifest.json().path("erased").get(0).path("rule").asText())
        .isEqualTo("twelve months");
    assertThat(manifest.json().path("approver").asText()).isEqualTo("paul");
    assertThat(manifest.digest()).isEqualTo(Sha256.hex(manifest.bytes()));
  }

  @Test
  void shouldReadBackEveryRecordFromNdjson() throws Exception {
    // given
    List<Disclosed> records = records(8);
    // when
    fixture.write(spec(3, RecordForm.NDJSON), records);
    // then
    List<DetailRecord> read = new ArrayList<>();
    for (String file : fixture.opened(fixture.key()).values()) {
      for (String line : file.split("\n")) {
        DetailRecord.Builder record = DetailRecord.newBuilder();
        var json = new ObjectMapper().readTree(line);
        JsonFormat.parser().merge(json.path("record").toString(), record);
        read.add(record.build());
        assertThat(json.has("erased_on")).isEqualTo(json.path("source").asText().equals("archive"));
      }
    }
    assertThat(read).isEqualTo(records.stream().map(Disclosed::record).toList());
  }

  @Test
  void shouldWriteARecordAsALineOfCsv() throws Exception {
    // when
    fixture.write(spec(10, RecordForm.CSV), records(4));
    // then
    String[] lines = fixture.opened(fixture.key()).values().iterator().next().split("\r\n");
    assertThat(lines).hasSize(5);
    List<String> header = List.of(lines[0].split(","));
    assertThat(header).startsWith("source", "identities", "erased_on", "by_rule", "record_id");
    assertThat(header).endsWith("legs").contains("submission.recipient.kind");
    assertThat(lines[1])
        .startsWith("live,clear,,,019a9f3e-5c1b-7d4e-8f00-000000000000,2026-09-21T14:13:20.005Z,")
        .contains(
            ",\"Acme, \"\"the\"\" <bank>\",ALPHANUMERIC,,+491701234567,E164,\"[{\"\"kind\"\":")
        .contains(",-90,")
        .contains(",35000000,")
        .contains(",true,");
    assertThat(lines[4])
        .startsWith("archive,absent,2026-04-01,\"twelve months, \"\"default\"\"\",,2026-");
    assertThat(lines[3].replaceAll("\"[^\"]*\"", "").split(",", -1)).hasSize(header.size());
  }

  @Test
  void shouldDiscloseOnlyWhatWasGranted() throws IOException {
    // given
    ClassFilter routing = ClassFilter.of(java.util.Set.of(vellum.v1.Privacy.ROUTING));
    // when
    fixture.write(spec(routing, 10, null, ALL), records(4));
    // then
    for (String text : fixture.opened(fixture.key()).values()) {
      assertThat(text)
          .doesNotContain("170123", "Acme", "jo@example", "EUR", "35000000", "Jörg")
          .contains("26201");
    }
    assertThat(fixture.check().manifest().path("classes").toString()).isEqualTo("[\"ROUTING\"]");
  }

  @Test
  void shouldKeepClearTextOffTheDisk() throws IOException {
    // given: a package that is being made, and one that is done
    PackageSpec spec = spec(3, ALL);
    try (PackageWriter writer = PackageWriter.begin(fixture.packages, spec, fixture.ports())) {
      for (int i = 0; i < 2_000; i++) {
        writer.add(records(1).get(0));
      }
      assertNoCanary();
      writer.finish(facts());
    }
    // then
    assertNoCanary();
    assertThat(fixture.check().records()).isEqualTo(2_000);
  }

  private void assertNoCanary() throws IOException {
    for (Path file : fixture.files()) {
      assertThat(Files.readString(file, ISO_8859_1))
          .as(file.toString())
          .doesNotContain(CANARY.substring(1), "O-4F7K2Q9M", "4711/26", "acme", "olga");
    }
  }

  @Test
  void shouldFindEveryFlippedByte() throws IOException {
    // given
    fixture.write(spec(2, RecordForm.CSV), records(3));
    for (Path file : fixture.files()) {
      byte[] bytes = Files.readAllBytes(file);
      int step = file.getFileName().toString().startsWith("records-000002") ? 1 : 5;
      for (int at = 0; at < bytes.length; at += step) {
        byte[] altered = bytes.clone();
        altered[at] ^= (byte) (1 << at % 8);
        Files.write(file, altered);
        // when, then
        assertThatThrownBy(fixture::check)
            .as("byte %d of %s", at, file.getFileName())
            .isInstanceOf(PackageException.Broken.class);
      }
      Files.write(file, bytes);
    }
    assertThat(fixture.check().records()).isEqualTo(3);
  }

  @Test
  void shouldFindWhatSomebodyChangedWithTheSums() throws IOException {
    // given
    fixture.write(spec(2, RecordForm.CSV), records(3));
    var manifest = fixture.check().manifest();
    Path sums = fixture.packages.resolve("SHA256SUMS");
    String summed = Files.readString(sums);
    int found = 0;
    for (Path file : fixture.files()) {
      String name = file.getFileName().toString();
      byte[] bytes = Files.readAllBytes(file);
      for (int at = 0; name.endsWith(".p7m") && at < bytes.length; at += 23) {
        byte[] altered = bytes.clone();
        altered[at] ^= (byte) (1 << at % 8);
        Files.write(file, altered);
        Files.writeString(sums, summed.replace(Sha256.hex(bytes), Sha256.hex(altered)));
        // when, then: what is around the manifest's content may change, the manifest may not
        try {
          assertThat(fixture.check().manifest()).isEqualTo(manifest);
          assertThat(name).startsWith("manifest.json");
        } catch (PackageException.Broken | EnvelopeException e) {
          found++;
        }
      }
      Files.write(file, bytes);
    }
    assertThat(found).isPositive();
  }

  @Test
  void shouldFindWhatIsMissingOrTooMuch() throws IOException {
    // given
    fixture.write(spec(2, RecordForm.CSV), records(3));
    for (Path file : fixture.files()) {
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      assertThatThrownBy(fixture::check)
          .as(file.toString())
          .isInstanceOfAny(PackageException.Broken.class, PackageException.Incomplete.class);
      Files.write(file, bytes);
    }
    Files.writeString(fixture.packages.resolve("more.txt"), "");
    assertThatThrownBy(fixture::check).isInstanceOf(PackageException.Broken.class);
  }

  @Test
  void shouldRefuseAnotherSignerAndAnotherReceiver() {
    // given
    fixture.write(spec(2, RecordForm.CSV), records(1));
    PackageFixture other =
        new PackageFixture(directory.resolve("other"), DevelopmentAgency.Key.P_256);
    // when, then
    assertThatThrownBy(
            () ->
                PackageCheck.check(
                    fixture.packages, fixture.key(), other.signer.certificatePem(), bytes -> {}))
        .isInstanceOf(PackageException.Broken.class)
        .hasMessageContaining(other.signer.fingerprint());
    assertThatThrownBy(
            () -> PackageCheck.check(fixture.packages, fixture.key(), "no pem", bytes -> {}))
        .isInstanceOf(CmsException.BadCertificate.class);
    AgencyKey wrong = other.key();
    assertThatThrownBy(() -> PackageCheck.check(fixture.packages, wrong, null, bytes -> {}))
        .isInstanceOf(EnvelopeException.OtherReceiver.class);
    assertThat(PackageCheck.check(fixture.packages, fixture.key(), null, bytes -> {}).trusted())
        .isFalse();
  }

  @Test
  void shouldGoOnAfterACutAndMakeAnEqualPackage() throws IOException {
    // given: one made without a cut, one killed behind a checkpoint, in the middle of a file
    List<Disclosed> records = records(20);
    PackageFixture whole =
        new PackageFixture(directory.resolve("whole"), DevelopmentAgency.Key.P_256);
    try (PackageWriter writer = PackageWriter.begin(whole.packages, spec(4, ALL), whole.ports())) {
      records.subList(0, 10).forEach(writer::add);
      writer.checkpoint();
      records.subList(10, 20).forEach(writer::add);
      writer.finish(facts());
    }
    PackageWriter killed = PackageWriter.begin(fixture.packages, spec(4, ALL), fixture.ports());
    records.subList(0, 10).forEach(killed::add);
    PackageState state = PackageState.of(killed.checkpoint().json());
    records.subList(10, 17).forEach(killed::add);
    assertThat(fixture.files().toString()).contains(".making");
    assertThat(fixture.packages.resolve("manifest.json.p7m")).doesNotExist();
    // when
    try (PackageWriter writer =
        PackageWriter.resume(fixture.packages, state, spec(4, ALL), fixture.ports())) {
      assertThat(state.records()).isEqualTo(10);
      records.subList(10, 20).forEach(writer::add);
      writer.finish(facts());
    }
    // then
    Map<String, String> resumed = fixture.opened(fixture.key());
    assertThat(resumed).isEqualTo(whole.opened(whole.key())).hasSize(18);
    assertThat(fixture.check().records()).isEqualTo(20);
    assertThat(fixture.files().toString()).doesNotContain(".making");
  }

  @Test
  void shouldEndFilesByThemselvesAndTellThatACheckpointIsDue() {
    // given
    try (PackageWriter writer =
        PackageWriter.begin(fixture.packages, spec(2, RecordForm.CSV), fixture.ports())) {
      writer.add(records(1).get(0));
      assertThat(writer.isDue()).isFalse();
      writer.add(records(1).get(0));
      // when, then
      assertThat(writer.isDue()).isTrue();
      assertThat(writer.checkpoint().files()).hasSize(1);
      assertThat(writer.isDue()).isFalse();
      assertThat(writer.checkpoint().files()).hasSize(1);
      assertThat(writer.finish(facts()).records()).isEqualTo(2);
    }
  }

  @Test
  void shouldMakeAPackageWithoutRecords() {
    // when
    fixture.write(spec(2, ALL), List.of());
    // then: it says what is no longer held
    assertThat(fixture.check().records()).isZero();
    assertThat(fixture.check().manifest().path("erased")).hasSize(1);
  }

  @Test
  void shouldNotGoOnWhereItMustNot() throws IOException {
    // given
    fixture.write(spec(2, RecordForm.CSV), records(3));
    PackagePorts ports = fixture.ports();
    assertThatThrownBy(() -> PackageWriter.begin(fixture.packages, spec(2, RecordForm.CSV), ports))
        .isInstanceOf(PackageException.BadDirectory.class);
    Path foreign = Files.createDirectory(directory.resolve("foreign"));
    Files.writeString(foreign.resolve("letter.txt"), "dear");
    assertThatThrownBy(() -> PackageWriter.begin(foreign, spec(2, RecordForm.CSV), ports))
        .isInstanceOf(PackageException.BadDirectory.class);
    assertThat(foreign.resolve("letter.txt")).exists();
    assertThatThrownBy(() -> PackageState.of(PackageState.EMPTY.json().put("format", 2)))
        .isInstanceOf(PackageException.BadState.class)
        .hasMessageContaining("later version");
    assertThatThrownBy(() -> PackageState.of(PackageState.EMPTY.json().put("format", 0)))
        .isInstanceOf(PackageException.BadState.class);
  }

  @Test
  void shouldHoldWhatIsNoRecordToo() throws IOException {
    // given: attached, kept over a cut, attached again
    PackageSpec spec = spec(2, RecordForm.CSV);
    byte[] answer = ("{\"purposes\": \"" + CANARY + "\"}").getBytes(ISO_8859_1);
    PackageState state;
    try (PackageWriter writer = PackageWriter.begin(fixture.packages, spec, fixture.ports())) {
      writer.add(records(1).get(0));
      writer.attach("answer.json", new byte[3]);
      writer.attach("notes.txt", new byte[0]);
      assertThatThrownBy(() -> writer.attach("manifest.json", answer))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.attach("../answer.json", answer))
          .isInstanceOf(IllegalArgumentException.class);
      state = PackageState.of(writer.checkpoint().json());
    }
    try (PackageWriter writer =
        PackageWriter.resume(fixture.packages, state, spec, fixture.ports())) {
      writer.attach("answer.json", answer);
      writer.finish(facts());
    }
    // when
    PackageCheck.Report report = fixture.check();
    // then
    Path file = fixture.packages.resolve("answer.json.p7m");
    assertThat(vellum.core.envelope.CmsOpener.open(Files.readAllBytes(file), fixture.key(), 999))
        .isEqualTo(answer);
    assertThat(report.manifest().path("attachments")).hasSize(2);
    assertThat(report.manifest().path("attachments").get(0).path("plain_bytes").asInt())
        .isEqualTo(answer.length);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 30] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(fixture::check)
        .isInstanceOf(PackageException.Broken.class)
        .hasMessageContaining("answer.json.p7m");
  }

  @Test
  void shouldWaitForItsTimeStampAndGoOn() {
    // given: an authority that does not answer, then one that answers something else
    PackageSpec spec = spec(2, RecordForm.CSV);
    PackageState state = PackageState.EMPTY;
    PackagePorts silent =
        fixture.ports(
            fixture.certificate(),
            new RealDisk(),
            request -> {
              throw new IOException("refused");
            });
    PackagePorts other =
        fixture.ports(fixture.certificate(), new RealDisk(), request -> new byte[] {48, 0});
    try (PackageWriter writer = PackageWriter.begin(fixture.packages, spec, silent)) {
      records(3).forEach(writer::add);
      state = writer.checkpoint();
      // when, then
      assertThatThrownBy(() -> writer.finish(facts())).isInstanceOf(PackageException.NoStamp.class);
    }
    try (PackageWriter writer = PackageWriter.resume(fixture.packages, state, spec, other)) {
      assertThatThrownBy(() -> writer.finish(facts()))
          .isInstanceOf(EnvelopeException.BadStamp.class);
    }
    assertThat(fixture.packages.resolve("manifest.json.p7m")).doesNotExist();
    try (PackageWriter writer =
        PackageWriter.resume(fixture.packages, state, spec, fixture.ports())) {
      assertThat(writer.finish(facts()).records()).isEqualTo(3);
    }
    assertThat(fixture.check().records()).isEqualTo(3);
  }

  @Test
  void shouldOpenWithAPassphrase() {
    // given
    Passphrase passphrase = Passphrase.make(PackageFixture.RANDOM);
    try (PackageWriter writer =
        PackageWriter.begin(
            fixture.packages,
            spec(2, RecordForm.NDJSON),
            fixture.ports(passphrase, new RealDisk(), null))) {
      records(5).forEach(writer::add);
      writer.finish(facts());
    }
    // when
    PackageCheck.Report report =
        PackageCheck.check(fixture.packages, Passphrase.of(passphrase.reveal()), null, bytes -> {});
    // then
    assertThat(report.records()).isEqualTo(5);
  }

  @Test
  void shouldRefuseARecordThatTheSchemaDoesNotKnow() {
    // given
    ClassFilter routing = ClassFilter.of(java.util.Set.of(vellum.v1.Privacy.ROUTING));
    byte[] unknown = {(byte) 0xFA, 0x3E, 0};
    try (PackageWriter writer =
        PackageWriter.begin(
            fixture.packages, spec(routing, 2, null, RecordForm.CSV), fixture.ports())) {
      // when, then
      assertThatThrownBy(() -> writer.add(unknown, 0, unknown.length, LIVE))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.finish(facts())).isInstanceOf(IllegalStateException.class);
    }
  }
}
