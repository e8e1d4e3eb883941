package vellum.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.record.Pem;

/** What we sign, read by the tool that everybody has. Skipped where {@code openssl} is not. */
final class OpensslTest {

  /** Before the clock of any machine that runs this, since openssl checks the validity by it. */
  private static final Instant SIGNED = Instant.parse("2025-01-01T00:00:00Z");

  private static final byte[] CONTENT = "{\n  \"kind\": \"STRIP\"\n}\n".getBytes(UTF_8);

  @TempDir private Path directory;
  private SigningKey key;

  private record Result(int exit, String text) {}

  @BeforeEach
  void sign() throws Exception {
    assumeTrue(hasOpenssl(), "openssl is not on the PATH: its reading of our CMS is not tested");
    key = new SigningFixture(directory).signing(SIGNED);
    Files.writeString(directory.resolve("cert.pem"), key.certificatePem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"DER", "PEM"})
  void shouldBeVerifiedByOpenssl(String form) throws Exception {
    // given
    byte[] der = key.sign(CONTENT);
    byte[] message = form.equals("DER") ? der : Pem.cms(der).getBytes(UTF_8);
    // when
    Result result = verify(form, message);
    // then
    assertThat(result.text()).contains("CMS Verification successful");
    assertThat(result.exit()).isZero();
    assertThat(directory.resolve("content")).hasBinaryContent(CONTENT);
  }

  @Test
  void shouldBeRefusedByOpensslWhenChanged() throws Exception {
    // given
    byte[] der = key.sign(CONTENT);
    der[der.length - 1] ^= 1;
    // when
    Result result = verify("DER", der);
    // then
    assertThat(result.text()).doesNotContain("successful");
    assertThat(result.exit()).isNotZero();
  }

  private Result verify(String form, byte[] message) throws Exception {
    Path file = Files.write(directory.resolve("message"), message);
    String certificate = directory.resolve("cert.pem").toString();
    return run(
        "openssl",
        "cms",
        "-verify",
        "-inform",
        form,
        "-in",
        file.toString(),
        "-CAfile",
        certificate,
        "-certfile",
        certificate,
        "-out",
        directory.resolve("content").toString());
  }

  private static boolean hasOpenssl() throws Exception {
    try {
      return run("openssl", "version").exit() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Result run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), text);
  }
}
