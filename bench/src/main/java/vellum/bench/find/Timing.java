package vellum.bench.find;

import vellum.bench.process.Times;

/** How long a question took: asked for the first time, and again. For one thread. */
final class Timing {

  private final String question;
  private final Times cold = new Times();
  private final Times warm = new Times();
  private final Times cpu = new Times();

  Timing(String question) {
    this.question = question;
  }

  void add(boolean isCold, long nanos, long cpuNanos) {
    if (isCold) {
      cold.add(nanos);
    } else {
      warm.add(nanos);
      cpu.add(cpuNanos);
    }
  }

  String question() {
    return question;
  }

  /** Of numbers that were not asked for before, of a store just opened. */
  Times cold() {
    return cold;
  }

  /** Of the same numbers, asked again. */
  Times warm() {
    return warm;
  }

  /** CPU of the asking thread, when asked again. */
  Times cpu() {
    return cpu;
  }
}
