package vellum.core.subject;

import java.io.IOException;
import java.time.LocalDate;
import vellum.core.casefile.CaseId;

/**
 * Something about a person's request that cannot be done; nothing was changed. Messages name bounds
 * and ids of cases, and no identity.
 */
public abstract sealed class RequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  RequestException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The condition, for programs. */
  public final String code() {
    return code;
  }

  /** Whether the same may succeed later. */
  public boolean recoverable() {
    return false;
  }

  /** Nobody wrote down how it was checked who asks. */
  public static final class NoIdentityCheck extends RequestException {
    private static final long serialVersionUID = 1L;

    NoIdentityCheck() {
      super(
          "NO_IDENTITY_CHECK",
          "how it was checked who asks must be written down: nothing is given to who did not prove"
              + " to be the person");
    }
  }

  /** A number without the interval in which the person had it. */
  public static final class IntervalMissing extends RequestException {
    private static final long serialVersionUID = 1L;

    IntervalMissing() {
      super(
          "INTERVAL_MISSING",
          "a number needs the interval in which the person proved to have had it: numbers are given"
              + " to others later");
    }
  }

  /** An interval that is none, or reaches past the receipt. */
  public static final class BadInterval extends RequestException {
    private static final long serialVersionUID = 1L;

    BadInterval(String message) {
      super("BAD_INTERVAL", message);
    }
  }

  /** A person that is named in no way, twice, or by too many identities. */
  public static final class BadSubjects extends RequestException {
    private static final long serialVersionUID = 1L;

    BadSubjects(String message) {
      super("BAD_SUBJECTS", message);
    }
  }

  /** A correction that is missing, or says nothing new. */
  public static final class BadCorrection extends RequestException {
    private static final long serialVersionUID = 1L;

    BadCorrection(String message) {
      super("BAD_CORRECTION", message);
    }
  }

  /** A text that is missing, too long, or names a person. */
  public static final class BadText extends RequestException {
    private static final long serialVersionUID = 1L;

    BadText(String message) {
      super("BAD_REASON", message);
    }
  }

  /** Portability, which is owed under consent or contract only. */
  public static final class PortabilityNotOwed extends RequestException {
    private static final long serialVersionUID = 1L;

    PortabilityNotOwed() {
      super(
          "PORTABILITY_NOT_OWED",
          "portability is owed under consent or a contract with the person only, and there is"
              + " neither; what differs here is granted by an override with its reason");
    }
  }

  /** An extension of what was extended. */
  public static final class AlreadyExtended extends RequestException {
    private static final long serialVersionUID = 1L;

    AlreadyExtended(LocalDate due) {
      super("ALREADY_EXTENDED", "the deadline was extended before: it is " + due);
    }
  }

  /** An extension after the first deadline. */
  public static final class ExtendedTooLate extends RequestException {
    private static final long serialVersionUID = 1L;

    ExtendedTooLate(LocalDate due) {
      super(
          "EXTENDED_TOO_LATE",
          "the deadline was " + due + ": who asked must be told of an extension before");
    }
  }

  /** An answer before the decision. */
  public static final class NotDecided extends RequestException {
    private static final long serialVersionUID = 1L;

    NotDecided(CaseId id) {
      super("NOT_DECIDED", id.text() + " is not decided yet");
    }
  }

  /** An answer that is not there yet. */
  public static final class NotAnswered extends RequestException {
    private static final long serialVersionUID = 1L;

    public NotAnswered(CaseId id) {
      super("NOT_ANSWERED", id.text() + " is not answered yet");
    }
  }

  /** A step that the request is not at. */
  public static final class WrongState extends RequestException {
    private static final long serialVersionUID = 1L;

    WrongState(CaseId id, RequestState state, String wanted) {
      super("WRONG_STATE", id.text() + " is " + state.text() + ", and must be " + wanted);
    }
  }

  /** A refusal or a withdrawal while the erasure has found whom it erases, or erased. */
  public static final class ErasureUnderWay extends RequestException {
    private static final long serialVersionUID = 1L;

    ErasureUnderWay(CaseId id) {
      super(
          "ERASURE_UNDER_WAY",
          id.text() + " is being erased, or was: answer it, so that it comes to its end");
    }
  }

  /** No such request. */
  public static final class Unknown extends RequestException {
    private static final long serialVersionUID = 1L;

    Unknown(CaseId id) {
      super("NO_SUCH_REQUEST", "there is no request " + id.text());
    }
  }

  /** An answer that is not there: not made yet, of no records, or removed after its time. */
  public static final class NoPackage extends RequestException {
    private static final long serialVersionUID = 1L;

    public NoPackage(CaseId id) {
      super("NO_PACKAGE", "there is no package of " + id.text() + ": answer it");
    }
  }

  /** A certificate that nothing may be sealed for. */
  public static final class BadCertificate extends RequestException {
    private static final long serialVersionUID = 1L;

    BadCertificate(String code, String message) {
      super(code, message);
    }
  }

  /** The disk failed under a package. */
  public static final class ParcelFailed extends RequestException {
    private static final long serialVersionUID = 1L;

    ParcelFailed(IOException cause) {
      super("DISK_FAILED", "a package could not be read or removed");
      initCause(cause);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** Another answer is being made, or something that the answer needs is not ready. */
  public static final class Busy extends RequestException {
    private static final long serialVersionUID = 1L;

    Busy(String message) {
      super("REQUEST_BUSY", message);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** Corrected records that the rules of records refuse. */
  public static final class NotCorrected extends RequestException {
    private static final long serialVersionUID = 1L;

    NotCorrected(int records, int rejection) {
      super(
          "NOT_CORRECTED", records + " corrected records were refused, the first as " + rejection);
    }
  }

  /** A document that this version cannot read. */
  public static final class WrongFormat extends RequestException {
    private static final long serialVersionUID = 1L;

    WrongFormat(CaseId id, int format, int known) {
      super(
          "WRONG_FORMAT",
          id.text()
              + " has format "
              + format
              + (format > known ? ", newer than " : ", older than ")
              + known
              + ", which this version reads");
    }
  }
}
