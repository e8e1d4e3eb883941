package vellum.ingest.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSslEngine;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are looked at again and again: what goes wrong ends no looking, and nothing leaks. */
final class RenewalTest {

  @TempDir private Path directory;

  @Test
  void shouldLookAgainAfterWhatNobodyExpected() {
    // given
    AtomicBoolean isBroken = new AtomicBoolean();
    InstantSource clock =
        () -> {
          if (isBroken.get()) {
            throw new IllegalStateException("what a library says may be anything");
          }
          return Instant.now();
        };
    Certificates certificates = Certificates.in(directory);
    try (ServerTls tls =
        ServerTls.open(certificates.config(certificates.server()), TlsEngine.JAVA, clock)) {
      Instant before = tls.expiresAt();
      certificates.server();

      // when
      isBroken.set(true);
      assertThat(tls.reload()).isFalse();

      // then
      assertThat(tls.trouble())
          .isEqualTo("reading them failed with java.lang.IllegalStateException");
      assertThat(tls.expiresAt()).isEqualTo(before);
      isBroken.set(false);
      assertThat(tls.reload()).isTrue();
      assertThat(tls.trouble()).isEmpty();
    }
  }

  @Test
  void shouldLeaveAClientsNativeMemoryToItsObjects() {
    ClientTls tls =
        ClientTls.open(
            ClientTlsConfig.trusting(Certificates.in(directory).ca()),
            TlsEngine.NATIVE,
            InstantSource.system());

    SSLEngine engine = tls.newHandler(ByteBufAllocator.DEFAULT, "localhost", 1).engine();

    assertThat(engine).as("it frees itself and its context").isInstanceOf(OpenSslEngine.class);
    ReferenceCountUtil.release(engine);
  }
}
