package vellum.core.audit;

import java.util.Optional;

/**
 * An entry before it has its place in the trail. Texts that are not there are empty. No text of it
 * may hold what looks like a number or an address of a person.
 *
 * @param about what it was done to: a record's id, a period, a version; at most 200 characters
 * @param caseId of the case in which it was done, by which people are named; at most 64 characters
 * @param why the reason that was given; at most 200 characters, needed for some events
 * @param count of records or rows, or {@link #NONE}
 * @param of number of the entry that began what this one ends, or {@link #NONE}
 * @param details SHA-256 of what was done, in hex: of a document that was given or made. Never of
 *     anything that could be guessed, such as a number: it would stand for it
 */
public record Draft(
    AuditEvent event,
    Outcome outcome,
    Actor actor,
    String about,
    String caseId,
    String why,
    long count,
    long of,
    String details)
    implements Content {

  /** No count, no other entry. */
  public static final long NONE = -1;

  private static final String HIDDEN = "not shown: it could name a person";
  private static final String DIGEST = "([0-9a-f]{64})?";

  public Draft {
    AuditText.require("about", about, 0, AuditText.MOST_ABOUT);
    AuditText.require("case", caseId, 0, AuditText.MOST_CASE);
    AuditText.require("why", why, event.needsReason() ? 1 : 0, AuditText.MOST_WHY);
    if (count < NONE || of < NONE || !details.matches(DIGEST)) {
      throw new IllegalArgumentException("count, other entry or digest of " + event + " is wrong");
    }
  }

  /** An entry about what somebody did for a reason; the reason may be empty if the event allows. */
  public static Draft of(AuditEvent event, Actor actor, String why) {
    return new Draft(event, Outcome.DONE, actor, "", "", why, NONE, NONE, "");
  }

  /** An entry about what the server did by itself. */
  public static Draft ofServer(AuditEvent event, String about) {
    return of(event, Actor.SERVER, "").about(about);
  }

  /** What it says as JSON, for who seals it: the fields of an entry's line, at most 4,000 bytes. */
  public byte[] json() {
    return EntryLine.write(this);
  }

  /** What {@link #json} wrote; empty when it is nothing such. */
  public static Optional<Draft> ofJson(byte[] json) {
    return EntryLine.readDraft(json);
  }

  /** The same about something; a name that could be a person's number or address is left out. */
  public Draft about(String what) {
    String shown = AuditText.isPlain(what, AuditText.MOST_ABOUT) ? what : HIDDEN;
    return new Draft(event, outcome, actor, shown, caseId, why, count, of, details);
  }

  public Draft inCase(String id) {
    return new Draft(event, outcome, actor, about, id, why, count, of, details);
  }

  public Draft counting(long found) {
    return new Draft(event, outcome, actor, about, caseId, why, found, of, details);
  }

  public Draft digesting(String sha256) {
    return new Draft(event, outcome, actor, about, caseId, why, count, of, sha256);
  }

  /** The same, with how it went. */
  public Draft ended(Outcome how) {
    return new Draft(event, how, actor, about, caseId, why, count, of, details);
  }

  /** The same, as the end of what another entry began. */
  public Draft endOf(long begun) {
    return new Draft(event, outcome, actor, about, caseId, why, count, begun, details);
  }
}
