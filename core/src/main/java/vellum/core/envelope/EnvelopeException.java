package vellum.core.envelope;

import java.time.Instant;

/** An envelope cannot be made or opened. Messages hold bounds, never a secret or what is inside. */
public sealed class EnvelopeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  EnvelopeException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** What programs read: {@code CERTIFICATE_EXPIRED}. */
  public final String code() {
    return code;
  }

  /** Whether the same call may succeed later without anybody changing what was given. */
  public boolean recoverable() {
    return false;
  }

  /** What was given is no X.509 certificate in PEM, or not one alone. */
  public static final class BadCertificate extends EnvelopeException {
    private static final long serialVersionUID = 1L;

    BadCertificate(String what) {
      super("BAD_CERTIFICATE", "the certificate cannot be used: " + what);
    }
  }

  /** The certificate's time is over. */
  public static final class CertificateExpired extends EnvelopeException {
    private static final long serialVersionUID = 1L;

    CertificateExpired(Instant end) {
      super("CERTIFICATE_EXPIRED", "the certificate was valid until " + end);
    }
  }

  /** The certificate's time has not come. */
  public static final class CertificateNotYetValid extends EnvelopeException {
    private static final long serialVersionUID = 1L;

    CertificateNotYetValid(Instant begin) {
      super("CERTIFICATE_NOT_YET_VALID", "the certificate is valid from " + begin + " on");
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** The certificate's key, or the digest of its signature, is too weak. */
  public static final class CertificateWeak extends EnvelopeException {
    private static final long serialVersionUID = 1L;

    CertificateWeak(String what) {
      super("CERTIFICATE_WEAK", "the certificate is too weak: " + what);
    }
  }

  /** The certificate says that its key is for something else, or nothing is sent to such a key. */
  public static final class CertificateUnfit extends EnvelopeException {
    private static final long serialVersionUID = 1L;

    CertificateUnfit(String what) {
      super("CERTIFICATE_UNFIT", "the certificate is not for receiving: " + what);
    }
  }

  /** What was given is no private key that opens envelopes. */
  public static final class BadKey extends EnvelopeException {
    private static final long serialVersionUID = 1L;

    BadKey(String what) {
      super("BAD_KEY", "the private key cannot be used: " + what);
    }
  }

  /** A passphrase is too short or too long. */
  public static final class BadPassphrase extends EnvelopeException {
    private static final long serialVersionUID = 1L;

    BadPassphrase(int least, int most) {
      super("BAD_PASSPHRASE", "a passphrase has " + least + " to " + most + " characters of ASCII");
    }
  }

  /** The bytes are no envelope of the form that Vellum writes. */
  public static final class NotEnvelope extends EnvelopeException {
    private static final long serialVersionUID = 1L;

    NotEnvelope(String what) {
      super("NOT_ENVELOPE", "not an envelope of Vellum: " + what);
    }
  }

  /** The envelope is for somebody else. */
  public static final class OtherReceiver extends EnvelopeException {
    private static final long serialVersionUID = 1L;

    OtherReceiver() {
      super("OTHER_RECEIVER", "the envelope does not open with this key or passphrase");
    }
  }

  /** The content is not what was sealed. What was read of it must be thrown away. */
  public static final class Tampered extends EnvelopeException {
    private static final long serialVersionUID = 1L;

    Tampered() {
      super("TAMPERED", "the content was changed or cut after it was encrypted");
    }
  }

  /** A time stamp was not given, or is not one of what was asked. */
  public static final class BadStamp extends EnvelopeException {
    private static final long serialVersionUID = 1L;

    BadStamp(String what) {
      super("BAD_TIME_STAMP", "the time stamp does not hold: " + what);
    }
  }
}
