package vellum.core.subject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseSubject;
import vellum.core.journal.OwnStream;
import vellum.core.record.CanonicalIdentity;
import vellum.core.search.Found;
import vellum.core.search.Reach;
import vellum.core.search.ScopeWalk;
import vellum.core.search.SearchPage;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;
import vellum.v1.Submission;

/**
 * Puts a wrong identity right in live records, by the journal, as any later version of a
 * submission: totals, other aspects and the other party stay. The index still leads from the wrong
 * identity to the record, and the record, once opened, says that it is not meant. What was wrong
 * stands in the case's history. May be done again after a crash: what is right already is passed
 * over. For one thread.
 */
final class Correcting implements Job {

  private static final int PAGE = 200;
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private final Request request;
  private final Correction correction;
  private final AnswerParts parts;
  private final String by;
  private final OwnView view;
  private final FoundAccounts accounts = new FoundAccounts();
  private final long target;
  private @Nullable ScopeWalk walk;
  private boolean isOver;
  private long written;
  private long records;
  private double done;

  Correcting(Request request, AnswerParts parts, String by) {
    this.request = request;
    this.correction = request.order().correction().orElseThrow();
    this.parts = parts;
    this.by = by;
    this.view = new OwnView(request.order().who());
    this.target = parts.journaled().getAsLong();
  }

  @Override
  public Step step() {
    if (parts.applied().getAsLong() < Math.max(target, written)) {
      return Step.WAITS;
    }
    if (isOver) {
      return Step.OVER;
    }
    ScopeWalk current = walk;
    if (current == null) {
      current =
          parts.search().walk(request.scopes().get(0), new Reach(new TreeSet<>(), true), null);
      walk = current;
    }
    SearchPage page = current.next(PAGE);
    write(page.records());
    isOver = page.next() == null;
    done = isOver ? 1 : page.done();
    return Step.WORKED;
  }

  private void write(List<Found> found) {
    List<DetailRecord> corrected = new ArrayList<>();
    for (Found one : found) {
      DetailRecord record = one.record();
      if (one.place() == Found.Place.LIVE && one.identified() && view.isOwn(record, 0, 1)) {
        corrected.add(corrected(record));
        accounts.add(record.getAccount());
      }
    }
    if (corrected.isEmpty()) {
      return;
    }
    OwnStream.Written answer =
        parts
            .corrections()
            .get()
            .write(
                sealer -> {
                  for (DetailRecord record : corrected) {
                    byte[] bytes = record.toByteArray();
                    sealer.add(bytes, 0, bytes.length);
                  }
                },
                WITHIN);
    written = Math.max(written, answer.journalSequence());
    records += corrected.size() - answer.rejected().size();
    if (!answer.rejected().isEmpty()) {
      throw new RequestException.NotCorrected(
          answer.rejected().size(), answer.rejected().get(0).code());
    }
  }

  /** The next version of a record's submission, with the right identity in place of the wrong. */
  private DetailRecord corrected(DetailRecord record) {
    Submission.Builder submission = record.getSubmission().toBuilder();
    submission.setVersion(submission.getVersion() + 1);
    for (Party.Builder party : Parties.in(submission)) {
      for (Identifier.Builder identifier : party.getIdentifiersBuilderList()) {
        if (isWrong(Parties.identity(identifier.build()))) {
          identifier.setValue(correction.right().value());
          IdentifierKind kind = kind(correction.right().kind());
          if (kind != null) {
            identifier.setKind(kind);
          }
        }
      }
    }
    DetailRecord.Builder corrected =
        DetailRecord.newBuilder()
            .setRecordId(record.getRecordId())
            .setStartedAt(record.getStartedAt())
            .setAccount(record.getAccount())
            .setChannel(record.getChannel())
            .setCountryOfLaw(record.getCountryOfLaw())
            .setSubmission(submission);
    if (submission.getDirectionValue() != 0) {
      corrected.setDirection(submission.getDirection());
    }
    return corrected.build();
  }

  private boolean isWrong(CanonicalIdentity identity) {
    return identity.length() > 0 && CaseSubject.of(identity).equals(correction.wrong());
  }

  /** The kind of what is right; null: that of what was wrong. */
  private static @Nullable IdentifierKind kind(CaseSubject.Kind kind) {
    return switch (kind) {
      case NUMBER -> IdentifierKind.E164;
      case ADDRESS -> IdentifierKind.EMAIL_ADDRESS;
      case IMSI -> IdentifierKind.IMSI;
      case OTHER, SENDER_ID, PLATFORM_IP, RECORD_ID -> null;
    };
  }

  @Override
  public long records() {
    return records;
  }

  @Override
  public double done() {
    return done;
  }

  @Override
  public AnswerNote note() {
    return new AnswerNote(
        parts.clock().instant(),
        by,
        records,
        accounts.named(),
        accounts.count(),
        "",
        Optional.empty());
  }

  @Override
  public void abandon() {
    // What is corrected is right, and stays.
  }
}
