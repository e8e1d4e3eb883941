package vellum.core.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With openssl as the authority, so that neither side of it is ours. */
final class TimeStampTest {

  private static final byte[] BYTES = "a signature".getBytes(UTF_8);
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path directory;
  private String authority;

  @BeforeEach
  void makeAnAuthority() throws Exception {
    assumeTrue(Openssl.isThere(), Openssl.MISSING);
    Files.writeString(
        directory.resolve("tsa.cnf"),
        """
        [req]
        distinguished_name = dn
        x509_extensions = ext
        prompt = no
        [dn]
        CN = tsa
        [ext]
        extendedKeyUsage = critical,timeStamping
        [tsa]
        default_tsa = one
        [one]
        serial = ./serial
        crypto_device = builtin
        signer_cert = ./tsa.pem
        signer_key = ./tsa.key
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = sha256
        ess_cert_id_alg = sha256
        """);
    Files.writeString(directory.resolve("serial"), "01\n");
    run("req -x509 -nodes -newkey rsa:2048 -keyout tsa.key -out tsa.pem -days 30 -config tsa.cnf");
    authority = Files.readString(directory.resolve("tsa.pem"));
  }

  private void run(String line) throws Exception {
    Openssl.Result result = new Openssl(directory).run(line.split(" "));
    assertThat(result.exit()).as(result.text()).isZero();
  }

  private byte[] answer(byte[] request) throws IOException {
    Files.write(directory.resolve("query"), request);
    try {
      run("ts -reply -config tsa.cnf -section one -queryfile query -out reply");
    } catch (Exception e) {
      throw new IOException(e);
    }
    return Files.readAllBytes(directory.resolve("reply"));
  }

  @Test
  void shouldBeStampedAndVerified() throws Exception {
    // when
    TimeStamp stamp = TimeStamp.of(BYTES, this::answer, authority, RANDOM);
    TimeStamp read = TimeStamp.verify(stamp.token(), BYTES, null);
    // then
    assertThat(read.at()).isEqualTo(stamp.at());
    assertThat(Duration.between(stamp.at(), Instant.now()).abs()).isLessThan(Duration.ofHours(1));
    assertThat(stamp.authority()).isEqualTo("CN=tsa");
    assertThat(stamp.trusted()).isTrue();
    assertThat(read.trusted()).isFalse();
    Files.write(directory.resolve("data"), BYTES);
    Files.write(directory.resolve("token"), stamp.token());
    run("ts -verify -token_in -in token -data data -CAfile tsa.pem");
  }

  @Test
  void shouldRefuseWhatIsNoStampOfTheseBytes() throws Exception {
    // given
    TimeStamp stamp = TimeStamp.of(BYTES, this::answer, null, RANDOM);
    byte[] altered = stamp.token().clone();
    altered[altered.length - 1] ^= 1;
    byte[] old = Files.readAllBytes(directory.resolve("reply"));
    String other = authority;
    makeAnAuthority();
    // when, then
    assertThat(authority).isNotEqualTo(other);
    assertThatThrownBy(() -> TimeStamp.verify(stamp.token(), "other".getBytes(UTF_8), null))
        .isInstanceOf(EnvelopeException.BadStamp.class)
        .hasMessageContaining("other bytes");
    assertThatThrownBy(() -> TimeStamp.verify(altered, BYTES, null))
        .isInstanceOf(EnvelopeException.BadStamp.class);
    assertThatThrownBy(() -> TimeStamp.verify(stamp.token(), BYTES, authority))
        .isInstanceOf(EnvelopeException.BadStamp.class)
        .hasMessageContaining("another authority");
    assertThatThrownBy(() -> TimeStamp.verify(new byte[] {48, 0}, BYTES, null))
        .isInstanceOf(EnvelopeException.BadStamp.class);
    // an answer to another request, and none
    assertThatThrownBy(() -> TimeStamp.of(BYTES, request -> old, null, RANDOM))
        .isInstanceOf(EnvelopeException.BadStamp.class);
    assertThatThrownBy(() -> TimeStamp.of(BYTES, request -> new byte[9], null, RANDOM))
        .isInstanceOf(EnvelopeException.BadStamp.class);
  }
}
