package vellum.core.retention;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;
import vellum.core.record.MonthId;

/**
 * Why periods do not go on, until they do. What fails recoverably is tried again after a second;
 * what fails otherwise is left alone until the next start. Kept in memory only: a restart tries
 * everything. Written by the worker, read by any thread.
 */
final class Blocks {

  private static final Logger LOG = LoggerFactory.getLogger(Blocks.class);
  private static final long RETRY_NANOS = 1_000_000_000;

  private final Map<MonthId, Block> blocks = new ConcurrentHashMap<>();
  private final LongSupplier nanoClock;

  Blocks(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * Why a period waits.
   *
   * @param failed whether it is not tried again
   */
  record Block(String reason, boolean failed, long retryAt) {}

  /** The period waits for what is to come anyway, so that it is no news; tried again at once. */
  void waits(MonthId month, String reason) {
    if (put(month, new Block(reason, false, nanoClock.getAsLong()))) {
      LOG.debug(Event.PERIOD_WAITS.code(), "{} waits: {}", month, reason);
    }
  }

  /** An attempt failed, and the next may go better. */
  void failedForNow(MonthId month, String reason) {
    if (put(month, new Block(reason, false, nanoClock.getAsLong() + RETRY_NANOS))) {
      LOG.warn(Event.PERIOD_RETRIED.code(), "{} is tried again: {}", month, reason);
    }
  }

  /** An attempt failed, and trying again would not help. */
  void failed(MonthId month, RuntimeException cause) {
    put(month, new Block(reason(cause), true, 0));
    LOG.error(Event.PERIOD_STOPPED.code(), "{} does not go on: {}", month, reason(cause), cause);
  }

  /** Returns whether it was not known yet. */
  private boolean put(MonthId month, Block block) {
    Block before = blocks.put(month, block);
    return before == null || !before.reason.equals(block.reason);
  }

  void clear(MonthId month) {
    blocks.remove(month);
  }

  /** Whether an attempt may be made now. */
  boolean mayTry(MonthId month) {
    Block block = blocks.get(month);
    return block == null || (!block.failed && nanoClock.getAsLong() - block.retryAt >= 0);
  }

  @Nullable Block of(MonthId month) {
    return blocks.get(month);
  }

  static String reason(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
