package vellum.core.subject;

/** What an answer needs done, one bounded step after the other. For one thread. */
interface Job {

  /** What a step came to. */
  enum Step {
    /** There is more to do. */
    WORKED,
    /** Something else must come first: asked again later. */
    WAITS,
    /** All is done. */
    OVER
  }

  Step step();

  /** Records that were done. */
  long records();

  /** How much is done, 0 to 1. */
  double done();

  /** What is noted of the answer, once all is done. */
  AnswerNote note();

  /** Why it waits, in words without values; empty when it does not. */
  default String waitsFor() {
    return "";
  }

  /** Takes back what can be taken back, after a failure or at a stop. */
  void abandon();
}
