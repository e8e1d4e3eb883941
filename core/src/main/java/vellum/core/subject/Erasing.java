package vellum.core.subject;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Erases a person as a job; stays where it is at a failure, to go on later. For one thread. */
final class Erasing implements Job {

  private final RequestWorker.ErasureJobs.Erasure erasure;
  private final InstantSource clock;
  private final String by;

  Erasing(RequestWorker.ErasureJobs.Erasure erasure, InstantSource clock, String by) {
    this.erasure = erasure;
    this.clock = clock;
    this.by = by;
  }

  @Override
  public boolean step() {
    return erasure.step();
  }

  @Override
  public long records() {
    return erasure.records();
  }

  @Override
  public double done() {
    return erasure.done();
  }

  @Override
  public AnswerNote note() {
    List<String> accounts = erasure.accounts();
    return new AnswerNote(
        clock.instant(),
        by,
        erasure.records(),
        accounts.stream().limit(AnswerNote.MOST_ACCOUNTS).toList(),
        accounts.size(),
        "",
        Optional.empty());
  }

  @Override
  public void abandon() {
    // What is erased stays erased; the rest goes on when the request is answered again.
  }
}
