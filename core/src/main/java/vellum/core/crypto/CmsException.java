package vellum.core.crypto;

/** A signed message is not what it must be. Messages never hold its content. */
public sealed class CmsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CmsException(String message) {
    super(message);
  }

  /** Whether the same call may succeed later: never, the bytes are what they are. */
  public final boolean recoverable() {
    return false;
  }

  /** The bytes are no CMS SignedData of the form that Vellum writes, or were cut short. */
  public static final class NotCms extends CmsException {
    private static final long serialVersionUID = 1L;

    NotCms(String what) {
      super("not a signed message of Vellum: " + what);
    }
  }

  /** The content is not the one that was signed. */
  public static final class ContentChanged extends CmsException {
    private static final long serialVersionUID = 1L;

    ContentChanged() {
      super("the content was changed after it was signed: its digest is another one");
    }
  }

  /** The signature was not made by the certificate's key over what it covers. */
  public static final class SignatureBroken extends CmsException {
    private static final long serialVersionUID = 1L;

    SignatureBroken(String what) {
      super("the signature does not hold: " + what);
    }
  }

  /** The message is whole, but somebody else signed it. */
  public static final class OtherSigner extends CmsException {
    private static final long serialVersionUID = 1L;

    OtherSigner(String signer, String trusted) {
      super(
          "signed by the certificate with SHA-256 fingerprint "
              + signer
              + ", and the trusted one has "
              + trusted);
    }
  }

  /** What was given as the trusted certificate is no certificate. */
  public static final class BadCertificate extends CmsException {
    private static final long serialVersionUID = 1L;

    BadCertificate() {
      super("the trusted certificate is no PEM file of an X.509 certificate");
    }
  }
}
