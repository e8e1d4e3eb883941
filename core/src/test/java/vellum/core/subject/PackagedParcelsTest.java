package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.seal.TestRecords.STARTED;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.casefile.CaseId;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.PackageSigner;
import vellum.core.disclosure.PackageCheck;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;
import vellum.core.envelope.Passphrase;
import vellum.core.seal.SealFixture;
import vellum.core.seal.TestRecords;
import vellum.core.search.Found;
import vellum.v1.DetailRecord;

/** Parcels as encrypted packages: whole, opened by their passphrase only, gone when removed. */
final class PackagedParcelsTest {

  private static final String PERSON = "+491701234567";

  @TempDir private Path directory;
  private PackagedParcels parcels;

  @BeforeEach
  void open() {
    SecureRandom random = new SecureRandom();
    Disk disk = new RealDisk();
    InstantSource clock = InstantSource.fixed(SealFixture.NOW);
    KekFiles kek = KekFiles.open(directory.resolve("kek"), disk, random);
    Path keys = directory.resolve("keys");
    KeyRing.open(keys, kek.encryptions(), disk, random, clock);
    PackageSigner signer =
        PackageSigner.open(keys, kek.encryptions(), "incarnation", disk, random, clock);
    parcels =
        new PackagedParcels(
            directory.resolve("packages"),
            new PackagedParcels.Making(signer, disk, random, clock),
            () -> "1",
            "test");
  }

  @Test
  void shouldMakeAPackageThatThePassphraseOpens() throws IOException {
    // given
    Request request = request("R-11111111");
    Parcels.Opened opened = parcels.open(request, "");
    // when
    for (int seed = 1; seed <= 3; seed++) {
      opened.parcel().add(found(seed), found(seed).record());
    }
    String digest = opened.parcel().finish("{\"person\":\"x\"}".getBytes(StandardCharsets.UTF_8));
    // then
    Path path = directory.resolve("packages").resolve(request.id().code());
    PackageCheck.Report report =
        PackageCheck.check(path, Passphrase.of(opened.passphrase()), null, bytes -> {});
    assertThat(report.manifest().path("counts").path("records").asLong()).isEqualTo(3);
    assertThat(report.manifest().path("order").path("kind").asText()).isEqualTo("access");
    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(parcels.files(request.id())).contains("manifest.json.p7m", "README.txt", "answer.json.p7m");
    try (Stream<Path> files = Files.walk(directory.resolve("packages"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain(PERSON.substring(3));
      }
    }
    assertThat(parcels.file(request.id(), "README.txt")).isPresent();
    assertThat(parcels.file(request.id(), "../" + request.id().code() + "/README.txt")).isEmpty();
    // when
    parcels.remove(request.id());
    // then
    assertThat(path).doesNotExist();
    assertThat(parcels.files(request.id())).isEmpty();
  }

  @Test
  void shouldBeginAnewOverWhatWasLeftAndShowNothingUnfinished() {
    // given
    Request request = request("R-22222222");
    Parcels.Opened first = parcels.open(request, "");
    first.parcel().add(found(1), found(1).record());
    assertThat(parcels.files(request.id())).isEmpty();
    // when: nobody ended it
    Parcels.Opened second = parcels.open(request, "");
    second.parcel().finish("{}".getBytes(StandardCharsets.UTF_8));
    // then
    assertThat(parcels.files(request.id())).contains("manifest.json.p7m");
    assertThat(second.passphrase()).isNotEqualTo(first.passphrase());
    // when
    parcels.open(request, "").parcel().abandon();
    // then
    assertThat(directory.resolve("packages").resolve(request.id().code())).doesNotExist();
  }

  @Test
  void shouldRefuseWhatIsNoCertificate() {
    assertThatThrownBy(() -> parcels.open(request("R-33333333"), "-----BEGIN NOTHING-----"))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo("BAD_CERTIFICATE"));
  }

  private static Found found(long seed) {
    DetailRecord record = TestRecords.sms(seed, STARTED, PERSON).build();
    return new Found(ErasureRig.MONTH, new byte[] {1}, Found.Place.LIVE, true, record);
  }

  private static Request request(String id) {
    RequestOrder order =
        AnswerRig.order(
            RequestKind.ACCESS, List.of(AnswerRig.number(PERSON, "2026-11-01T00:00:00Z", "")));
    return new Request(
        CaseId.parse(id),
        1,
        RequestState.WORKING,
        order,
        "officer",
        SealFixture.NOW,
        Deadline.of(SealFixture.NOW),
        Optional.empty(),
        Optional.empty(),
        "");
  }
}
