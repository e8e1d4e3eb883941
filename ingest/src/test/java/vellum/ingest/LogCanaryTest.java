package vellum.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LogCanaryTest {

  @Test
  void shouldSeeIdentities() {
    for (String text :
        List.of(
            "bad value 491701234567",
            "bad value +491701234567, refused",
            "\"to\":\"491701234567\"",
            "jane.doe@mail.example wrote",
            "failed at record of <jane@post.example.com>")) {
      assertThat(LogCanary.offence(text)).as(text).isPresent();
    }
  }

  @Test
  void shouldLetTheRestPass() {
    for (String text :
        List.of(
            "ready after 812 ms: streaming at 127.0.0.1:7400",
            "needs 10737418240 bytes, there are 1073741824 bytes",
            "2026-11.default waits: until 2026-11-22T14:00:00.123456Z",
            "record 01938a5e-1f2c-7000-8000-123456789012",
            "Object@1a2b3c4d",
            "/tmp/junit-1234567890123/data")) {
      assertThat(LogCanary.offence(text)).as(text).isEmpty();
    }
  }

  @Test
  void shouldReadTheLinesOfEveryTestDownToDebug() {
    // given
    LogCanary.take();
    // when
    LoggerFactory.getLogger("vellum.ingest.canary").debug("sent to {}", "+491701234567");
    // then
    assertThat(LogCanary.take()).containsExactly("vellum.ingest.canary: sent to +491701234567");
  }
}
