package vellum.core.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static vellum.core.disclosure.PackageFixture.facts;
import static vellum.core.disclosure.PackageFixture.records;
import static vellum.core.disclosure.PackageFixture.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.crypto.DevelopmentAgency;
import vellum.core.disk.RealDisk;
import vellum.core.envelope.Openssl;
import vellum.core.envelope.Passphrase;
import vellum.core.record.Sha256;

/** Packages as their receiver opens them, by the commands of the instructions. */
final class PackageOpensslTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(DevelopmentAgency.Key.class)
  void shouldBeOpenedAndVerified(DevelopmentAgency.Key kind) throws Exception {
    // given
    assumeTrue(Openssl.isThere(), Openssl.MISSING);
    PackageFixture fixture = new PackageFixture(directory, kind);
    fixture.write(spec(3, RecordForm.values()), records(8));
    Files.writeString(fixture.packages.resolve("agency.pem"), fixture.agency.certificate());
    Files.writeString(fixture.packages.resolve("agency.key"), fixture.agency.key());
    // when, then
    verify(fixture, "-recip agency.pem -inkey agency.key");
  }

  @Test
  void shouldBeOpenedAndVerifiedByPassphrase() throws Exception {
    // given
    assumeTrue(Openssl.isThere(), Openssl.MISSING);
    PackageFixture fixture = new PackageFixture(directory, DevelopmentAgency.Key.P_256);
    Passphrase passphrase = Passphrase.make(PackageFixture.RANDOM);
    try (PackageWriter writer =
        PackageWriter.begin(
            fixture.packages,
            spec(3, RecordForm.CSV),
            fixture.ports(passphrase, new RealDisk(), null))) {
      records(8).forEach(writer::add);
      writer.finish(facts());
    }
    // when, then
    verify(fixture, "-pwri_password " + passphrase.reveal());
  }

  private static void verify(PackageFixture fixture, String key) throws Exception {
    Path at = fixture.packages;
    Files.writeString(at.resolve("signer.pem"), fixture.signer.certificatePem());
    open(at, key, "manifest.json");
    open(at, key, "manifest.json.p7s");
    Openssl.Result verified =
        new Openssl(at)
            .run(
                ("cms -verify -binary -inform DER -in manifest.json.p7s -content manifest.json"
                        + " -CAfile signer.pem -certfile signer.pem -out verified")
                    .split(" "));
    assertThat(verified.text()).contains("CMS Verification successful");
    assertThat(verified.exit()).isZero();
    JsonNode manifest = new ObjectMapper().readTree(at.resolve("manifest.json").toFile());
    assertThat(manifest.path("files")).isNotEmpty();
    for (JsonNode file : manifest.path("files")) {
      String name = file.path("file").asText();
      assertThat(Sha256.hex(Files.readAllBytes(at.resolve(name))))
          .isEqualTo(file.path("sha256").asText());
      byte[] plain = open(at, key, name.substring(0, name.length() - ".p7m".length()));
      assertThat(Sha256.hex(plain)).isEqualTo(file.path("plain_sha256").asText());
    }
    // and a changed manifest is refused
    Files.writeString(
        at.resolve("manifest.json"),
        Files.readString(at.resolve("manifest.json")).replace("paul", "olga"));
    assertThat(
            new Openssl(at)
                .run(
                    ("cms -verify -binary -inform DER -in manifest.json.p7s -content manifest.json"
                            + " -CAfile signer.pem -certfile signer.pem -out verified")
                        .split(" "))
                .exit())
        .isNotZero();
  }

  private static byte[] open(Path at, String key, String name) throws Exception {
    Openssl.Result result =
        new Openssl(at)
            .run(
                ("cms -decrypt -binary -inform DER -in " + name + ".p7m -out " + name + " " + key)
                    .split(" "));
    assertThat(result.exit()).as(result.text()).isZero();
    return Files.readAllBytes(at.resolve(name));
  }
}
