package vellum.core.subject;

import java.util.List;
import vellum.core.casefile.CaseId;

/** Erasures that requests were granted, as the worker of erasures makes them. Thread-safe. */
public final class RequestErasures implements RequestWorker.ErasureJobs {

  private final ErasureWorker worker;

  public RequestErasures(ErasureWorker worker) {
    this.worker = worker;
  }

  @Override
  public Erasure erase(Request request) {
    if (worker.status(request.id()).isEmpty()) {
      worker.begin(request.id(), request.scopes());
    }
    worker.resume(request.id());
    return new OfRequest(worker, request.id());
  }

  private record OfRequest(ErasureWorker worker, CaseId id) implements Erasure {

    @Override
    public boolean step() {
      worker.doWork(id);
      return state() == ErasureState.DONE;
    }

    private ErasureState state() {
      return worker.status(id).map(ErasureStatus::state).orElse(ErasureState.BEGUN);
    }

    @Override
    public long records() {
      return worker.status(id).map(status -> status.records() + status.suspended()).orElse(0L);
    }

    @Override
    public double done() {
      return (double) state().ordinal() / ErasureState.DONE.ordinal();
    }

    @Override
    public List<String> accounts() {
      return worker.accounts(id);
    }
  }
}
