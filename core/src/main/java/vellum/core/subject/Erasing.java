package vellum.core.subject;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Erases a person as a job: begins what the worker of erasures does, or goes on with it. A failure
 * or a stop leaves it where it is. For one thread.
 */
final class Erasing implements Job {

  private final Request request;
  private final AnswerParts parts;
  private final ErasureWorker worker;
  private final String by;
  private final long target;
  private boolean isBegun;

  Erasing(Request request, AnswerParts parts, String by) {
    this.request = request;
    this.parts = parts;
    this.worker = parts.erasures();
    this.by = by;
    this.target = parts.journaled().getAsLong();
  }

  @Override
  public Step step() {
    if (parts.applied().getAsLong() < target) {
      return Step.WAITS;
    }
    if (!isBegun) {
      if (worker.status(request.id()).isEmpty()) {
        worker.begin(request.id(), request.scopes());
      }
      worker.resume(request.id());
      isBegun = true;
    }
    if (state() == ErasureState.DONE) {
      return Step.OVER;
    }
    return worker.doWork(request.id()) > 0 ? Step.WORKED : Step.WAITS;
  }

  private ErasureState state() {
    return worker.status(request.id()).map(ErasureStatus::state).orElse(ErasureState.BEGUN);
  }

  @Override
  public long records() {
    return worker
        .status(request.id())
        .map(status -> status.records() + status.suspended())
        .orElse(0L);
  }

  @Override
  public double done() {
    double passed = EnumSet.range(ErasureState.BEGUN, state()).size() - 1;
    return passed / (ErasureState.values().length - 1);
  }

  @Override
  public String waitsFor() {
    return worker.waitsFor(request.id()).orElse("");
  }

  @Override
  public AnswerNote note() {
    List<String> accounts = worker.accounts(request.id());
    return new AnswerNote(
        parts.clock().instant(),
        by,
        records(),
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
