package vellum.core.retention;

/** A text is no erasure certificate that this version can read. */
public sealed class BadCertificate extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadCertificate(String message) {
    super(message);
  }

  /** Whether the same call may succeed later: never, the text is what it is. */
  public final boolean recoverable() {
    return false;
  }

  /** The text is not one that Vellum wrote. */
  public static final class Garbled extends BadCertificate {
    private static final long serialVersionUID = 1L;

    Garbled(String what) {
      super("not an erasure certificate of Vellum: " + what);
    }
  }

  /** A newer version wrote it. */
  public static final class TooNew extends BadCertificate {
    private static final long serialVersionUID = 1L;

    TooNew(long format, int most) {
      super(
          "the certificate has format "
              + format
              + ", and this version reads up to "
              + most
              + ": verify it by a newer version");
    }
  }
}
