package vellum.core.subject;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseScope;
import vellum.core.search.Found;
import vellum.core.search.ScopeWalk;
import vellum.core.search.SearchPage;

/**
 * Erases a person as a job: first it looks whose accounts the records are of, to which the part
 * about content is passed on, then the erasure's worker goes its way. A failure or a stop leaves
 * both where they are, to go on from. For one thread.
 */
final class Erasing implements Job {

  private static final int PAGE = 1_000;

  private final Request request;
  private final AnswerParts parts;
  private final RequestDesk desk;
  private final String by;
  private final FoundAccounts accounts = new FoundAccounts();
  private final List<CaseScope> scopes;
  private final long target;
  private @Nullable ScopeWalk walk;
  private int at;

  Erasing(Request request, AnswerParts parts, RequestDesk desk, String by) {
    this.request = request;
    this.parts = parts;
    this.desk = desk;
    this.by = by;
    this.scopes = request.scopes();
    this.target = parts.journaled().getAsLong();
  }

  @Override
  public Step step() {
    Optional<ErasureStatus> status = parts.erasures().status(request.id());
    if (status.isPresent()) {
      return status.get().state() == ErasureState.DONE
          ? Step.OVER
          : worked(parts.erasures().doWork());
    }
    if (parts.applied().getAsLong() < target) {
      return Step.WAITS;
    }
    if (at == scopes.size()) {
      desk.keepAccounts(request.id(), accounts.named());
      parts.erasures().begin(request.id(), scopes);
      return Step.WORKED;
    }
    ScopeWalk current = walk;
    if (current == null) {
      current = parts.search().walk(scopes.get(at), parts.reach().get(), null);
      walk = current;
    }
    SearchPage page = current.next(PAGE);
    for (Found found : page.records()) {
      accounts.add(found.record().getAccount());
    }
    if (page.next() == null) {
      walk = null;
      at++;
    }
    return Step.WORKED;
  }

  private static Step worked(int done) {
    return done > 0 ? Step.WORKED : Step.WAITS;
  }

  @Override
  public long records() {
    return parts.erasures().status(request.id()).map(ErasureStatus::records).orElse(0L);
  }

  @Override
  public double done() {
    double states = ErasureState.values().length - 1;
    return parts
        .erasures()
        .status(request.id())
        .map(one -> one.state().ordinal() / states)
        .orElse(0d);
  }

  @Override
  public String waitsFor() {
    return parts.erasures().waitsFor(request.id()).orElse("");
  }

  @Override
  public AnswerNote note() {
    List<String> named = desk.accounts(request.id());
    return new AnswerNote(
        parts.clock().instant(),
        by,
        records(),
        named,
        Math.max(named.size(), accounts.count()),
        "",
        Optional.empty());
  }

  @Override
  public void abandon() {
    // What is erased stays erased; the rest goes on when the request is answered again.
  }
}
