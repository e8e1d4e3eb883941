package vellum.ingest.node;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions in log lines: types and places, and words only of our own exceptions, for a foreign
 * message may hold a record's value. {@code %trace} of {@code logback.xml}. Thread-safe.
 */
public final class TraceText extends ThrowableHandlingConverter {

  private static final int TERMINAL_FRAMES = 6;
  private static final int MOST_CAUSES = 8;

  /** Made by the logging library. */
  public TraceText() {}

  @Override
  public String convert(ILoggingEvent event) {
    return of(event.getThrowableProxy(), TERMINAL_FRAMES);
  }

  /**
   * An exception and its causes, a line each and one for each frame; empty for none.
   *
   * @param frames most of each
   */
  static String of(@Nullable IThrowableProxy thrown, int frames) {
    StringBuilder text = new StringBuilder();
    IThrowableProxy one = thrown;
    for (int depth = 0; one != null && depth < MOST_CAUSES; depth++) {
      text.append(depth == 0 ? "" : "caused by ").append(one.getClassName());
      String said = words(one);
      text.append(said.isEmpty() ? "" : ": ").append(said).append('\n');
      StackTraceElementProxy[] trace = one.getStackTraceElementProxyArray();
      for (int i = 0; i < Math.min(frames, trace.length); i++) {
        text.append("\tat ").append(trace[i].getStackTraceElement()).append('\n');
      }
      one = one.getCause();
    }
    return text.toString();
  }

  /** What an exception of our own says; empty of others. */
  static String words(IThrowableProxy thrown) {
    String message = thrown.getMessage();
    return thrown.getClassName().startsWith("vellum.") && message != null ? message : "";
  }
}
