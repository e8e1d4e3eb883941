package vellum.core.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.CmsCheck;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KeyEncryption.Erasure;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.SigningKey;
import vellum.core.disk.RealDisk;
import vellum.core.record.MonthId;
import vellum.core.retention.ErasureCertificate.Backup;
import vellum.core.retention.ErasureCertificate.DestroyedKey;
import vellum.core.retention.ErasureCertificate.Kek;
import vellum.core.retention.ErasureCertificate.Kind;
import vellum.core.retention.ErasureCertificate.Maker;
import vellum.core.retention.ErasureCertificate.Records;
import vellum.core.retention.RemovedFiles.RemovedFile;

final class ErasureCertificateTest {

  private static final Instant DEADLINE = Instant.parse("2026-04-01T00:00:00Z");
  private static final Instant DEAD = DEADLINE.plusSeconds(2);
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @TempDir private Path directory;

  @Test
  void shouldHaveOneTextForItsValues() {
    // when
    String json = new String(strip().json(), UTF_8);
    // then: pinned, since signatures over it are kept for years
    assertThat(json)
        .isEqualTo(
            """
            {
              "title" : "vellum erasure certificate",
              "format" : 2,
              "kind" : "STRIP",
              "period" : "2025-03.default",
              "class" : "default",
              "policy" : "3",
              "deadline" : "2026-04-01T00:00:00Z",
              "key" : {
                "id" : "00112233445566aa",
                "destroyed" : "2026-04-01T00:00:02Z",
                "erasure" : "LOGICAL",
                "meaning" : "logical: the key's file was overwritten and deleted, and the \
            key-encryption key that wrapped it replaced; flash, snapshots and unregistered copies \
            may keep remnants"
              },
              "records" : {
                "count" : 20000000,
                "totals" : "DIGEST",
                "projection" : "DIGEST",
                "meaning" : "counts and digests are as of the rewriting; what came later is not \
            among them"
              },
              "removed" : {
                "at" : "2026-04-01T00:10:00Z",
                "files" : 2,
                "bytes" : 150,
                "digest" : "9b4cd27b",
                "listed" : [
                  {
                    "name" : "live/2025-03.default/000001.sst",
                    "bytes" : 50
                  },
                  {
                    "name" : "live/2025-03.default/000002.sst",
                    "bytes" : 100
                  }
                ]
              },
              "kek" : {
                "from" : "aaaaaaaaaaaaaaaa",
                "to" : "bbbbbbbbbbbbbbbb"
              },
              "backups" : [
                {
                  "name" : "far",
                  "rewritten" : false,
                  "detail" : "/mnt/\\u00FCber is no directory",
                  "at" : "2026-04-01T00:00:02Z"
                }
              ],
              "held" : {
                "statement" : "the identities are gone except where law requires retention"
              },
              "version" : "0.1.0",
              "incarnation" : "3b0c5a52-1c1e-4f7e-9c4e-0d6f9a7e1b11"
            }
            """
                .replace("DIGEST", DIGEST)
                .replace("9b4cd27b", strip().files().digest()));
  }

  @Test
  void shouldReadWhatItWrote() {
    assertThat(ErasureCertificate.parse(strip().json())).isEqualTo(strip());
    assertThat(ErasureCertificate.parse(expiry().json())).isEqualTo(expiry());
  }

  @Test
  void shouldNameAnArchiveYearAndItsMonths() {
    // given
    ErasureCertificate usage = expiry();
    ErasureCertificate year =
        new ErasureCertificate(
            Kind.EXPIRY,
            MonthId.parse("2025-01.default-year"),
            "3",
            DEADLINE,
            usage.key(),
            new Records(
                42,
                Optional.empty(),
                Optional.empty(),
                List.of(
                    new Evidence.MonthEnd("2025-03.default", 40),
                    new Evidence.MonthEnd("2025-04.default", 2))),
            usage.files(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            usage.maker());
    // when
    String json = new String(year.json(), UTF_8);
    // then
    assertThat(json)
        .contains("\"class\" : \"default\"", "\"year\" : 2025")
        .contains("\"month\" : \"2025-03.default\"", "\"count\" : 40")
        .contains("totals: in the certificates of its months");
    assertThat(ErasureCertificate.parse(year.json())).isEqualTo(year);
    CmsCheck.Verified verified = new CmsCheck.Verified(year.json(), "signer", "print", DEAD, true);
    assertThat(CertificateReport.of(verified))
        .contains("the archive year 2025 of class default")
        .contains("2025-04.default: 2 records")
        .contains("in the certificates of its months");
  }

  @Test
  void shouldReadTheFirstFormat() {
    // given: as it was signed before there were holds
    String first =
        new String(strip().json(), UTF_8)
            .replace("\"format\" : 2", "\"format\" : 1")
            .replace("\"held\" : {\n", "\"held\" : {\n    \"records\" : 0,\n");
    // when
    ErasureCertificate read = ErasureCertificate.parse(first.getBytes(UTF_8));
    // then
    assertThat(read.countedHeld()).contains(0L);
    assertThat(new String(read.json(), UTF_8)).isEqualTo(first);
    CmsCheck.Verified verified =
        new CmsCheck.Verified(first.getBytes(UTF_8), "signer", "print", DEAD, true);
    assertThat(CertificateReport.of(verified))
        .contains("held:        the identities are gone except where law requires retention");
  }

  @Test
  void shouldCertifyReleaseOfAHold() {
    // given
    ErasureCertificate usage = expiry();
    ErasureCertificate release =
        new ErasureCertificate(
            Kind.RELEASE,
            MonthId.hold(YearMonth.of(2026, 11), "7r3kx9pw"),
            "released",
            DEADLINE,
            new DestroyedKey("00112233445566aa", DEAD, Erasure.LOGICAL),
            new Records(3, Optional.empty(), Optional.empty()),
            usage.files(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            usage.maker());
    // when
    ErasureCertificate read = ErasureCertificate.parse(release.json());
    // then
    assertThat(read).isEqualTo(release);
    CmsCheck.Verified verified =
        new CmsCheck.Verified(release.json(), "signer", "print", DEAD, true);
    assertThat(CertificateReport.of(verified))
        .contains("what a hold kept in 2026-11.hold-7r3kx9pw")
        .contains("00112233445566aa destroyed at");
  }

  @Test
  void shouldReadNoOtherText() {
    String json = new String(strip().json(), UTF_8);
    for (String other :
        List.of(
            "",
            "[]",
            "null",
            json + " ",
            json.strip(),
            json.replace("  ", " "),
            json.replace("\"count\" : 20000000", "\"count\" : 2e7"),
            json.replace("\"count\" : 20000000", "\"count\" : -1"),
            json.replace("\"policy\"", "\"police\""),
            json.replace("\"held\"", "\"extra\" : 1, \"held\""),
            json.replace("logical: the key", "hardware: the key"),
            json.replace("\"format\" : 2", "\"format\" : 1"),
            json.replace("\"format\" : 2", "\"format\" : 0"),
            json.replace("\"statement\"", "\"records\" : 0, \"statement\""),
            json.replace("STRIP", "RELEASE"),
            json.replace("STRIP", "SHRED"),
            json.replace("2026-04-01T00:00:02Z", "soon"),
            json.replace("\"files\" : 2", "\"files\" : 3"),
            "[".repeat(100_000))) {
      assertThatThrownBy(() -> ErasureCertificate.parse(other.getBytes(UTF_8)))
          .isInstanceOf(BadCertificate.Garbled.class);
    }
    assertThatThrownBy(() -> ErasureCertificate.parse(new byte[(2 << 20) + 1]))
        .isInstanceOf(BadCertificate.Garbled.class)
        .hasMessageContaining("2097153");
    assertThatThrownBy(
            () ->
                ErasureCertificate.parse(
                    json.replace("\"format\" : 2", "\"format\" : 3").getBytes(UTF_8)))
        .isInstanceOf(BadCertificate.TooNew.class);
  }

  @Test
  void shouldNotCertifyThatAKeyDiedTooEarly() {
    assertThatThrownBy(() -> certificate(DEADLINE.minusNanos(1000), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("before its deadline");
  }

  @Test
  void shouldCountEveryFileAndNameAThousand() {
    // given
    List<RemovedFile> files = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      files.add(new RemovedFile("live/m/%06d.sst".formatted(i), i));
    }
    // when
    RemovedFiles sorted = RemovedFiles.of(DEAD, files);
    Collections.reverse(files);
    RemovedFiles reversed = RemovedFiles.of(DEAD, files);
    // then
    assertThat(reversed).isEqualTo(sorted);
    assertThat(sorted.count()).isEqualTo(1500);
    assertThat(sorted.bytes()).isEqualTo(1500 * 1499 / 2);
    assertThat(sorted.listed()).hasSize(1000);
    files.set(0, new RemovedFile("live/m/001499.sst", 1));
    assertThat(RemovedFiles.of(DEAD, files).digest()).isNotEqualTo(sorted.digest());
  }

  @Test
  void shouldReportWhatWasVerified() {
    // given
    RealDisk disk = new RealDisk();
    SecureRandom random = new SecureRandom();
    KekFiles files = KekFiles.open(directory.resolve("kek"), disk, random);
    Path keys = directory.resolve("keys");
    InstantSource clock = InstantSource.fixed(DEAD);
    KeyRing.open(keys, files.encryptions(), disk, random, clock);
    SigningKey key = SigningKey.open(keys, files.encryptions(), "here", disk, random, clock);
    byte[] signed = key.sign(strip().json());
    // when
    String report = CertificateReport.of(CmsCheck.verify(signed, key.certificatePem()));
    // then
    assertThat(report)
        .startsWith("CMS Verification successful\n")
        .contains(key.fingerprint())
        .contains("is the one trusted")
        .contains("the identities of 2025-03.default")
        .contains("00112233445566aa destroyed at 2026-04-01T00:00:02Z")
        .contains("logical: ")
        .contains("20000000")
        .contains("as of the rewriting; what came later is not among them")
        .contains("2 files, 150 bytes, at 2026-04-01T00:10:00Z")
        .contains("far UNREACHABLE, /mnt/über is no directory")
        .contains("held:        the identities are gone except where law requires retention")
        .doesNotContain("0 records;");
    assertThat(CertificateReport.of(CmsCheck.verify(signed, null))).contains("NOT COMPARED");
    CmsCheck.Verified other = CmsCheck.verify(key.sign("{}".getBytes(UTF_8)), null);
    assertThatThrownBy(() -> CertificateReport.of(other)).isInstanceOf(BadCertificate.class);
  }

  private static ErasureCertificate strip() {
    return certificate(DEAD, List.of(new Backup("far", false, "/mnt/über is no directory", DEAD)));
  }

  private static ErasureCertificate certificate(Instant dead, List<Backup> backups) {
    return new ErasureCertificate(
        Kind.STRIP,
        MonthId.parse("2025-03.default"),
        "3",
        DEADLINE,
        new DestroyedKey("00112233445566aa", dead, Erasure.LOGICAL),
        new Records(20_000_000, Optional.of(DIGEST), Optional.of(DIGEST)),
        RemovedFiles.of(
            DEADLINE.plusSeconds(600),
            List.of(
                new RemovedFile("live/2025-03.default/000002.sst", 100),
                new RemovedFile("live/2025-03.default/000001.sst", 50))),
        Optional.of(new Kek("aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb")),
        backups,
        Optional.empty(),
        new Maker("0.1.0", "3b0c5a52-1c1e-4f7e-9c4e-0d6f9a7e1b11"));
  }

  private static ErasureCertificate expiry() {
    return new ErasureCertificate(
        Kind.EXPIRY,
        MonthId.parse("2024-03.usage"),
        "3",
        DEADLINE,
        new DestroyedKey("none", DEAD, Erasure.HARDWARE),
        new Records(0, Optional.empty(), Optional.empty()),
        RemovedFiles.of(DEAD, List.of()),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        new Maker("0.1.0", "here"));
  }
}
