package vellum.ingest.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Marker;

/**
 * A log line as the Elastic Common Schema has it: one JSON object, fields with dots in their names.
 *
 * <pre>
 *   {"@timestamp":"2026-11-22T14:00:00.123Z","log.level":"INFO","message":"ready after 812 ms",
 *    "ecs.version":"8.17.0","service.name":"vellum","service.version":"0.1.0",
 *    "event.code":"NODE_READY","event.dataset":"vellum.log","process.thread.name":"main",
 *    "log.logger":"vellum.ingest.node.Node"}
 * </pre>
 *
 * <p>Lines of libraries have the code {@code LIBRARY}; exceptions add {@code error.type}, {@code
 * error.message} (our own only) and {@code error.stack_trace}. Stateless.
 */
final class EcsLine {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_CHARS = 8 * 1024;
  private static final int FRAMES = 40;
  private static final String VERSION = ProgramVersion.text();

  private EcsLine() {}

  /** UTF-8, with the end of line. */
  static byte[] of(ILoggingEvent event) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("@timestamp", event.getInstant().toString())
            .put("log.level", event.getLevel().toString())
            .put("message", bounded(String.valueOf(event.getFormattedMessage())))
            .put("ecs.version", "8.17.0")
            .put("service.name", "vellum")
            .put("service.version", VERSION)
            .put("event.code", code(event))
            .put("event.dataset", "vellum.log")
            .put("process.thread.name", event.getThreadName())
            .put("log.logger", event.getLoggerName());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.put("error.type", thrown.getClassName());
      String words = TraceText.words(thrown);
      if (!words.isEmpty()) {
        line.put("error.message", bounded(words));
      }
      line.put("error.stack_trace", bounded(TraceText.of(thrown, FRAMES)));
    }
    try {
      return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can be written", e);
    }
  }

  private static String code(ILoggingEvent event) {
    List<Marker> markers = event.getMarkerList();
    return markers == null || markers.isEmpty() ? "LIBRARY" : markers.get(0).getName();
  }

  private static String bounded(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + " ...";
  }
}
