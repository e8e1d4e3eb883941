package vellum.bench.peers;

/** A peer cannot do a work at all. The message says why, in a few words, for the table. */
final class NotPossible extends RuntimeException {

  private static final long serialVersionUID = 1;

  NotPossible(String why) {
    super(why);
  }
}
