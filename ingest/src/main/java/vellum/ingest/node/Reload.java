package vellum.ingest.node;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;

/**
 * Reads the configuration again and tells what became of it. A wrong one changes nothing, and ends
 * nothing. Thread-safe.
 */
final class Reload {

  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private final LiveConfig config;
  private final Consumer<NodeConfig> taken;

  /**
   * @param taken hears of the configuration that is in force then
   */
  Reload(LiveConfig config, Consumer<NodeConfig> taken) {
    this.config = config;
    this.taken = taken;
  }

  /**
   * @param source reads it, and throws when it is wrong
   */
  void run(Supplier<NodeConfig> source) {
    try {
      LiveConfig.Change change = config.take(source.get());
      taken.accept(config.now());
      change.taken().forEach(line -> LOG.info(Event.CONFIG_CHANGED.code(), "changed {}", line));
      change
          .kept()
          .forEach(
              line ->
                  LOG.warn(
                      Event.CONFIG_KEPT.code(),
                      "not changed, it counts from the next start on: {}",
                      line));
      LOG.info(
          Event.CONFIG_READ.code(),
          "the configuration was read again: {} changed, {} for the next start",
          change.taken().size(),
          change.kept().size());
    } catch (RuntimeException e) {
      LOG.error(Event.CONFIG_REFUSED.code(), "nothing was changed: {}", Places.say(e));
    }
  }
}
