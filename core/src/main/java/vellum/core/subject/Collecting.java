package vellum.core.subject;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseScope;
import vellum.core.search.Found;
import vellum.core.search.ScopeWalk;
import vellum.core.search.SearchPage;
import vellum.v1.DetailRecord;

/**
 * Collects a person's records into a parcel: identity after identity, each within its own proven
 * interval, and a record that two of them name once. Of accounts as a whole all their records, as
 * they are the accounts' own. For one thread.
 */
final class Collecting implements Job {

  private static final int PAGE = 500;

  private final Request request;
  private final AnswerParts parts;
  private final Parcels.Parcel parcel;
  private final String by;
  private final List<CaseScope> scopes;
  private final OwnView view;
  private final FoundAccounts accounts = new FoundAccounts();
  private final long target;
  private @Nullable ScopeWalk walk;
  private int at;
  private double ofScope;
  private long records;
  private String digest = "";

  Collecting(Request request, AnswerParts parts, Parcels.Parcel parcel, String by) {
    this.request = request;
    this.parts = parts;
    this.parcel = parcel;
    this.by = by;
    this.scopes = request.scopes();
    this.view = new OwnView(request.order().who());
    this.target = parts.journaled().getAsLong();
  }

  @Override
  public Step step() {
    if (parts.applied().getAsLong() < target) {
      return Step.WAITS;
    }
    if (at == scopes.size()) {
      finish();
      return Step.OVER;
    }
    ScopeWalk current = walk;
    if (current == null) {
      current = parts.search().walk(scopes.get(at), parts.reach().get(), null);
      walk = current;
    }
    SearchPage page = current.next(PAGE);
    page.records().forEach(this::add);
    ofScope = page.done();
    if (page.next() == null) {
      walk = null;
      at++;
      ofScope = 0;
    }
    return Step.WORKED;
  }

  private void add(Found found) {
    DetailRecord record = found.record();
    boolean isOfPerson = !request.order().who().isEmpty();
    if (isOfPerson && (!view.isOwn(record, at, at + 1) || view.isOwn(record, 0, at))) {
      return;
    }
    parcel.add(found, isOfPerson ? view.of(record) : OwnView.withoutCosts(record));
    accounts.add(record.getAccount());
    records++;
  }

  private void finish() {
    AnswerNote draft = note();
    UsageAnswer usage = UsageAnswer.of(request, draft.accounts(), parts);
    digest = parcel.finish(AnswerDocument.bytes(request, draft, parts, usage));
  }

  @Override
  public long records() {
    return records;
  }

  @Override
  public double done() {
    return Math.min(1, (at + ofScope) / scopes.size());
  }

  @Override
  public AnswerNote note() {
    return new AnswerNote(
        parts.clock().instant(),
        by,
        records,
        accounts.named(),
        accounts.count(),
        digest,
        Optional.empty());
  }

  @Override
  public void abandon() {
    parcel.abandon();
  }
}
