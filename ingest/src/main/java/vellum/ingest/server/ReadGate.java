package vellum.ingest.server;

import java.util.EnumSet;
import vellum.ingest.protocol.FrameDecoder;

/** The reasons for which a connection is not read; read when there is none. For its event loop. */
final class ReadGate {

  private final EnumSet<HoldReason> reasons = EnumSet.noneOf(HoldReason.class);
  private final FrameDecoder decoder;
  private final IngestStats stats;

  ReadGate(FrameDecoder decoder, IngestStats stats) {
    this.decoder = decoder;
    this.stats = stats;
  }

  void hold(HoldReason reason) {
    boolean wasOpen = reasons.isEmpty();
    if (reasons.add(reason)) {
      stats.held(reason);
    }
    if (wasOpen) {
      decoder.hold();
    }
  }

  void release(HoldReason reason) {
    if (reasons.remove(reason) && reasons.isEmpty()) {
      decoder.resume();
    }
  }

  boolean isHeld() {
    return !reasons.isEmpty();
  }

  boolean isHeld(HoldReason reason) {
    return reasons.contains(reason);
  }

  /** Nothing is of interest any more: reads on and drops. */
  void discard() {
    reasons.clear();
    decoder.discard();
  }
}
