package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Marker;
import vellum.core.log.Event;

final class LogFileTest {

  private static final long MOST = 64 * 1024;
  private static final String NUMBER = "491701234567";

  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("vellum.test");
  @TempDir private Path directory;

  @Test
  void shouldWriteLinesOfTheCommonSchema() throws IOException {
    // given
    Path path = directory.resolve("log/vellum.json");
    LogFile file = open(path, 2);
    // when
    file.doAppend(event(Event.NODE_READY.code(), "ready after {} ms", null, 812));
    file.doAppend(event(null, "a library speaks", null));
    file.stop();
    // then
    List<JsonNode> lines = lines(path);
    assertThat(lines).hasSize(2);
    JsonNode first = lines.get(0);
    assertThat(first.get("@timestamp").textValue()).isEqualTo("2026-11-22T14:00:00.123Z");
    assertThat(first.get("log.level").textValue()).isEqualTo("WARN");
    assertThat(first.get("message").textValue()).isEqualTo("ready after 812 ms");
    assertThat(first.get("event.code").textValue()).isEqualTo("NODE_READY");
    assertThat(first.get("service.name").textValue()).isEqualTo("vellum");
    assertThat(first.get("log.logger").textValue()).isEqualTo("vellum.test");
    assertThat(first.get("process.thread.name").textValue()).isNotBlank();
    assertThat(first.get("ecs.version").textValue()).isNotBlank();
    assertThat(lines.get(1).get("event.code").textValue()).isEqualTo("LIBRARY");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void shouldKeepAForeignExceptionsWordsToItself() throws IOException {
    // given
    Path path = directory.resolve("vellum.json");
    LogFile file = open(path, 2);
    Throwable foreign = new IllegalStateException("bad value " + NUMBER);
    Throwable own = new NodeException.BadConfig("node.data is wrong", foreign);
    // when
    file.doAppend(event(Event.REQUEST_FAULT.code(), "failed", own));
    file.doAppend(event(Event.REQUEST_FAULT.code(), "failed", foreign));
    file.stop();
    // then
    List<JsonNode> lines = lines(path);
    assertThat(lines.get(0).get("error.message").textValue()).isEqualTo("node.data is wrong");
    assertThat(lines.get(0).get("error.stack_trace").textValue())
        .contains("caused by java.lang.IllegalStateException\n")
        .contains("\tat " + LogFileTest.class.getName());
    assertThat(lines.get(1).has("error.message")).isFalse();
    assertThat(lines.get(1).get("error.type").textValue())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(Files.readString(path)).doesNotContain(NUMBER);
    TraceText terminal = new TraceText();
    assertThat(terminal.convert(event(null, "failed", foreign)))
        .startsWith("java.lang.IllegalStateException\n")
        .doesNotContain(NUMBER);
  }

  @Test
  void shouldStayWithinItsBoundAndKeepTheNewest() throws IOException {
    // given
    Path path = directory.resolve("vellum.json");
    LogFile file = open(path, 2);
    String words = "x".repeat(1_000);
    // when
    for (int i = 0; i < 500; i++) {
      file.doAppend(event(Event.NODE_READY.code(), i + " " + words, null));
    }
    file.stop();
    // then
    List<String> numbers = new ArrayList<>();
    for (String name : List.of("vellum.json.2", "vellum.json.1", "vellum.json")) {
      Path one = directory.resolve(name);
      assertThat(Files.size(one)).isLessThanOrEqualTo(MOST);
      lines(one).forEach(line -> numbers.add(line.get("message").textValue().split(" ", -1)[0]));
    }
    assertThat(directory.resolve("vellum.json.3")).doesNotExist();
    int first = Integer.parseInt(numbers.get(0));
    assertThat(first).isPositive();
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(String.valueOf(first + i));
    }
    assertThat(numbers.get(numbers.size() - 1)).isEqualTo("499");
  }

  @Test
  void shouldGoOnWithAFileThatIsThereAndBoundALine() throws IOException {
    // given
    Path path = directory.resolve("vellum.json");
    LogFile before = open(path, 2);
    before.doAppend(event(Event.NODE_READY.code(), "before", null));
    before.stop();
    // when
    LogFile file = open(path, 2);
    file.doAppend(event(Event.NODE_READY.code(), "y".repeat(1 << 20), null));
    file.stop();
    // then
    List<JsonNode> lines = lines(path);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1).get("message").textValue()).hasSizeLessThan(10_000).endsWith(" ...");
  }

  private LogFile open(Path path, int older) throws IOException {
    LogFile file = new LogFile(path, MOST, older);
    file.setContext(context);
    file.open();
    file.start();
    return file;
  }

  private ILoggingEvent event(Marker code, String message, Throwable thrown, Object... values) {
    LoggingEvent event = new LoggingEvent("here", logger, Level.WARN, message, thrown, values);
    event.setInstant(Instant.parse("2026-11-22T14:00:00.123Z"));
    if (code != null) {
      event.addMarker(code);
    }
    return event;
  }

  private static List<JsonNode> lines(Path path) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      lines.add(new JsonMapper().readTree(line));
    }
    return lines;
  }
}
