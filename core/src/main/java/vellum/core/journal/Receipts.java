package vellum.core.journal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;

/** Calls receipts, so that one that throws harms nobody else. No state; thread-safe. */
final class Receipts {

  private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

  private Receipts() {}

  /** Answers a command: durable, or failed when there is a failure. */
  static void answer(Command command, @Nullable JournalException failure) {
    if (failure == null) {
      call(command::durable);
    } else {
      call(() -> command.failed(failure));
    }
  }

  static void call(Runnable receipt) {
    try {
      receipt.run();
    } catch (RuntimeException broken) {
      LOG.error(Event.RECEIPT_FAULT.code(), "a receipt of the journal threw", broken);
    }
  }
}
