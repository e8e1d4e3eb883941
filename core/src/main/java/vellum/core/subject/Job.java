package vellum.core.subject;

/** What an answer needs done, one bounded step after the other. For one thread. */
interface Job {

  /** Does a step; true when it was the last. */
  boolean step();

  /** Records that were done. */
  long records();

  /** How much is done, 0 to 1. */
  double done();

  /** What is noted of the answer, once all is done. */
  AnswerNote note();

  /** Takes back what can be taken back, after a failure or at a stop. */
  void abandon();
}
