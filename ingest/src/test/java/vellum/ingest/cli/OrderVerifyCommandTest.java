package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.PackageSigner;
import vellum.core.disclosure.ClassFilter;
import vellum.core.disclosure.Disclosed;
import vellum.core.disclosure.ErasedPeriod;
import vellum.core.disclosure.PackageFacts;
import vellum.core.disclosure.PackagePorts;
import vellum.core.disclosure.PackageSpec;
import vellum.core.disclosure.PackageWriter;
import vellum.core.disclosure.RecordForm;
import vellum.core.disclosure.Source;
import vellum.core.disk.RealDisk;
import vellum.core.envelope.AgencyCertificate;
import vellum.core.envelope.Passphrase;
import vellum.core.envelope.Recipient;
import vellum.core.seal.Identities;
import vellum.v1.DetailRecord;

final class OrderVerifyCommandTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private Path key;
  private Path signer;
  private PackageSigner signing;

  @BeforeEach
  void makeAnAgency() throws IOException {
    assertThat(terminal.run("certificate", "create-dev", directory.resolve("a"), "--agency"))
        .isZero();
    assertThat(terminal.out()).contains("agency.pem").contains("agency.key").doesNotContain("ca.");
    key = directory.resolve("a/agency.key");
    RealDisk disk = new RealDisk();
    InstantSource clock = InstantSource.system();
    Path keys = directory.resolve("keys");
    List<KeyEncryption> by = KekFiles.open(directory.resolve("kek"), disk, RANDOM).encryptions();
    KeyRing.open(keys, by, disk, RANDOM, clock);
    signing = PackageSigner.open(keys, by, "one", disk, RANDOM, clock);
    signer = Files.writeString(directory.resolve("signer.pem"), signing.certificatePem());
  }

  private Path made(String name, Recipient to) {
    Path made = directory.resolve(name);
    PackageSpec spec = new PackageSpec(Set.of(RecordForm.CSV), ClassFilter.all(), 2, null);
    var none = JsonNodeFactory.instance.objectNode();
    try (PackageWriter writer =
        PackageWriter.begin(
            made,
            spec,
            new PackagePorts(to, signing, new RealDisk(), RANDOM, InstantSource.system(), null))) {
      for (int i = 0; i < 3; i++) {
        writer.add(
            new Disclosed(
                DetailRecord.newBuilder().setAccount("acme").build(),
                Source.LIVE,
                Identities.CLEAR,
                null,
                null));
      }
      writer.finish(
          new PackageFacts(
              none,
              none,
              "1",
              List.of(new ErasedPeriod("2025-03.default", "2026-04-01", "rule", null)),
              "olga",
              null,
              "0.1.0"));
    }
    return made;
  }

  private AgencyCertificate certificate() throws IOException {
    return AgencyCertificate.of(Files.readString(directory.resolve("a/agency.pem")), Instant.now());
  }

  @Test
  void shouldSayWhatAPackageIs() throws IOException {
    // given
    Path made = made("package", certificate());
    // when, then
    assertThat(terminal.run("order", "verify", made, "--key", key, "--signer", signer)).isZero();
    assertThat(terminal.out())
        .startsWith("package verified\n")
        .contains("3 in 2 files")
        .contains("no longer held  1 periods")
        .contains("CN=Vellum disclosures")
        .contains("is the one trusted")
        .contains("time stamp      none");
    assertThat(terminal.run("order", "verify", made, "--key", key)).isZero();
    assertThat(terminal.out()).contains("NOT COMPARED");
  }

  @Test
  void shouldOpenWithAPassphraseOfAFile() throws IOException {
    // given
    Passphrase passphrase = Passphrase.make(RANDOM);
    Path made = made("package", passphrase);
    Path file = Files.writeString(directory.resolve("p.txt"), passphrase.reveal() + "\n");
    // when, then
    assertThat(terminal.run("order", "verify", made, "--passphrase-file", file)).isZero();
    Files.writeString(file, "another passphrase of some length");
    assertThat(terminal.run("order", "verify", made, "--passphrase-file", file)).isEqualTo(5);
    assertThat(terminal.err()).contains("does not open").doesNotContain("another");
    Files.writeString(file, "short");
    assertThat(terminal.run("order", "verify", made, "--passphrase-file", file)).isEqualTo(2);
  }

  @Test
  void shouldEndWith5WhenItIsNotWhatWasSigned() throws IOException {
    // given
    Path made = made("package", certificate());
    Path part = made.resolve("records-000001.csv.p7m");
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    // when, then
    assertThat(terminal.run("order", "verify", made, "--key", key)).isEqualTo(5);
    assertThat(terminal.err()).contains("records-000001.csv.p7m");
    Files.delete(made.resolve("manifest.json.p7m"));
    assertThat(terminal.run("order", "verify", made, "--key", key)).isEqualTo(5);
    assertThat(terminal.err()).contains("no manifest.json.p7m");
  }

  @Test
  void shouldEndWith2WhenTheQuestionIsWrong() throws IOException {
    // given
    Path made = made("package", certificate());
    Path agency = directory.resolve("a/agency.pem");
    // when, then
    assertThat(terminal.run("order", "verify", made)).isEqualTo(2);
    assertThat(terminal.run("order", "verify", made, "--key", agency)).isEqualTo(2);
    assertThat(terminal.run("order", "verify", made, "--key", key, "--signer", key)).isEqualTo(2);
    assertThat(terminal.run("order", "verify", directory.resolve("no"), "--key", key)).isEqualTo(2);
  }
}
