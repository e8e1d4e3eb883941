package vellum.ingest.client;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;

/** Listener that logs. Thread-safe. */
final class LoggingListener implements ClientListener {

  private static final Logger LOG = LoggerFactory.getLogger(VellumClient.class);

  @Override
  public void incarnationChanged(int stream, long lastAnswered, long lastDurable) {
    LOG.warn(
        Event.CLIENT_STORE_RESTORED.code(),
        "the store was restored from a backup: stream {} had answers up to {}, the store has {}",
        stream,
        lastAnswered,
        lastDurable);
  }

  @Override
  public void disconnected(int stream, String reason, long retryInMs) {
    LOG.info(
        Event.CLIENT_DISCONNECTED.code(),
        "stream {} is disconnected ({}), again in {} ms",
        stream,
        reason,
        retryInMs);
  }
}
