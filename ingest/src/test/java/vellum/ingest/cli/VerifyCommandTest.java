package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.SigningKey;
import vellum.core.disk.RealDisk;
import vellum.core.record.MonthId;
import vellum.core.record.Pem;
import vellum.core.retention.ErasureCertificate;
import vellum.core.retention.RemovedFiles;

final class VerifyCommandTest {

  private static final Instant NOW = Instant.parse("2026-04-01T00:00:01Z");

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private Path certificate;
  private Path signer;

  @BeforeEach
  void sign() throws IOException {
    SigningKey key = key("one");
    byte[] content =
        new ErasureCertificate(
                ErasureCertificate.Kind.STRIP,
                MonthId.parse("2025-03.default"),
                "version 1",
                Instant.parse("2026-04-01T00:00:00Z"),
                new ErasureCertificate.DestroyedKey("k1", NOW, KeyEncryption.Erasure.LOGICAL),
                new ErasureCertificate.Records(1234, Optional.empty(), Optional.empty()),
                RemovedFiles.of(NOW, List.of()),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                new ErasureCertificate.Maker("0.1.0", "test"))
            .json();
    certificate = Files.writeString(directory.resolve("c.pem"), Pem.cms(key.sign(content)));
    signer = Files.writeString(directory.resolve("signer.pem"), key.certificatePem());
  }

  private SigningKey key(String name) {
    RealDisk disk = new RealDisk();
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.fixed(NOW);
    List<KeyEncryption> encryptions =
        KekFiles.open(directory.resolve(name + ".kek"), disk, random).encryptions();
    KeyRing.open(directory.resolve(name), encryptions, disk, random, clock);
    return SigningKey.open(directory.resolve(name), encryptions, name, disk, random, clock);
  }

  @Test
  void shouldSayWhatWasErasedWhenTheSignatureHolds() {
    assertThat(terminal.run("retention", "verify", certificate, "--signer", signer)).isZero();
    assertThat(terminal.out())
        .startsWith("CMS Verification successful\n")
        .contains("the identities of 2025-03.default")
        .contains("is the one trusted");
    assertThat(terminal.run("retention", "verify", certificate)).isZero();
    assertThat(terminal.out()).contains("NOT COMPARED");
  }

  @Test
  void shouldEndWith5WhenItDoesNotOrAnotherSigned() throws IOException {
    Path other = Files.writeString(directory.resolve("o.pem"), key("two").certificatePem());
    assertThat(terminal.run("retention", "verify", certificate, "--signer", other)).isEqualTo(5);
    assertThat(terminal.err()).contains("CMS Verification failure");
    assertThat(terminal.out()).isEmpty();
    Path garbage = Files.writeString(directory.resolve("g.pem"), "no certificate");
    assertThat(terminal.run("retention", "verify", garbage)).isEqualTo(5);
    assertThat(terminal.run("retention", "verify", directory.resolve("absent"))).isEqualTo(2);
    assertThat(terminal.run("retention", "verify", certificate, "--signer", garbage)).isEqualTo(2);
  }
}
