package vellum.ingest.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * The log of a server's process: adds the file of JSON lines to what the terminal has, until it is
 * closed. One a process. Thread-safe.
 */
public final class ServerLog implements AutoCloseable {

  private static final String OURS = "vellum";

  private final @Nullable LoggerContext context;
  private final @Nullable LogFile file;

  private ServerLog(@Nullable LoggerContext context, @Nullable LogFile file) {
    this.context = context;
    this.file = file;
  }

  /**
   * Begins to write the file that the configuration names, if it wants one.
   *
   * @throws UncheckedIOException when it cannot be opened
   */
  public static ServerLog start(NodeConfig config) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (!(factory instanceof LoggerContext context)) {
      return new ServerLog(null, null);
    }
    level(config.log());
    if (config.log().files() == 0) {
      return new ServerLog(context, null);
    }
    LogFile file =
        new LogFile(
            config.log().fileIn(config.node().data()),
            config.log().fileBytes(),
            config.log().files());
    try {
      file.open();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "log.file: " + config.log().fileIn(config.node().data()) + " cannot be written", e);
    }
    file.setContext(context);
    file.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(file);
    return new ServerLog(context, file);
  }

  /** Sets how much our own lines say. */
  static void level(LogConfig config) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      Logger ours = context.getLogger(OURS);
      ours.setLevel(Level.toLevel(config.level().name()));
    }
  }

  @Override
  public void close() {
    if (context != null && file != null) {
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(file);
      file.stop();
    }
  }
}
