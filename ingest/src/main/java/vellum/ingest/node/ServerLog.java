package vellum.ingest.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The log of a server's process: adds the file of JSON lines to what the terminal has, until it is
 * closed. One a process. Thread-safe.
 */
public final class ServerLog implements AutoCloseable {

  private static final String OURS = "vellum";

  private final NodeConfig config;
  private @Nullable LogFile file;

  /**
   * @param config names the file, if one is wanted
   */
  public ServerLog(NodeConfig config) {
    this.config = config;
  }

  /**
   * Begins to write the file. The data directory must be this process's: the file may lie in it.
   *
   * @throws UncheckedIOException when it cannot be opened
   */
  public synchronized void start() {
    level(config.log());
    if (config.log().files() == 0
        || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    Path path = config.log().fileIn(config.node().data());
    LogFile opened = new LogFile(path, config.log().fileBytes(), config.log().files());
    try {
      opened.open();
    } catch (IOException e) {
      throw new UncheckedIOException("log.file: " + path + " cannot be written", e);
    }
    opened.setContext(context);
    opened.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(opened);
    file = opened;
  }

  /** Sets how much our own lines say. */
  static void level(LogConfig config) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      Logger ours = context.getLogger(OURS);
      ours.setLevel(Level.toLevel(config.level().name()));
    }
  }

  @Override
  public synchronized void close() {
    LogFile open = file;
    if (open != null && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(open);
      open.stop();
      file = null;
    }
  }
}
