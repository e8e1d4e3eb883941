package vellum.core.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * PEM (RFC 7468): bytes as base64 lines between two marks. Text around the first block of the label
 * is passed over, as the standard allows.
 */
public final class Pem {

  static final String CERTIFICATE = "CERTIFICATE";

  /** PKCS #8, not encrypted: RFC 7468 section 10. */
  static final String PRIVATE_KEY = "PRIVATE KEY";

  /** Label of RFC 7468 section 9, which openssl reads with {@code -inform PEM}. */
  static final String CMS = "CMS";

  private static final int LINE_CHARS = 64;

  private Pem() {}

  /** A CMS message as text. */
  public static String cms(byte[] der) {
    return write(CMS, der);
  }

  static String write(String label, byte[] der) {
    byte[] newline = {'\n'};
    return begin(label)
        + "\n"
        + Base64.getMimeEncoder(LINE_CHARS, newline).encodeToString(der)
        + "\n"
        + end(label)
        + "\n";
  }

  /** The bytes of the first block of a label, or empty when there is none that is whole. */
  static Optional<byte[]> read(String label, byte[] text) {
    String all = new String(text, StandardCharsets.ISO_8859_1);
    int from = all.indexOf(begin(label));
    int to = all.indexOf(end(label));
    if (from < 0 || to < from) {
      return Optional.empty();
    }
    String body = all.substring(from + begin(label).length(), to).replaceAll("[ \t\r\n]", "");
    try {
      return Optional.of(Base64.getDecoder().decode(body));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
