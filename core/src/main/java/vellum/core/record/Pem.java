package vellum.core.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * PEM (RFC 7468): bytes as base64 lines between {@code -----BEGIN LABEL-----} and {@code -----END
 * LABEL-----}. Text around blocks is passed over, as the standard allows. Stateless.
 */
public final class Pem {

  public static final String CERTIFICATE = "CERTIFICATE";

  /** PKCS #8, not encrypted: RFC 7468 section 10. */
  public static final String PRIVATE_KEY = "PRIVATE KEY";

  /** Label of RFC 7468 section 9, which openssl reads with {@code -inform PEM}. */
  public static final String CMS = "CMS";

  private static final int LINE_CHARS = 64;
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private Pem() {}

  /**
   * A block that is whole.
   *
   * @param der empty when the base64 is none
   */
  public record Block(String label, byte[] der) {

    @Override
    public String toString() {
      return "Block[" + label + "]";
    }
  }

  /** A CMS message as text. */
  public static String cms(byte[] der) {
    return write(CMS, der);
  }

  public static String write(String label, byte[] der) {
    byte[] newline = {'\n'};
    return BEGIN
        + label
        + DASHES
        + "\n"
        + Base64.getMimeEncoder(LINE_CHARS, newline).encodeToString(der)
        + "\n"
        + END
        + label
        + DASHES
        + "\n";
  }

  /**
   * The bytes of the first block of a label, or empty when there is none, or its base64 is none.
   */
  public static Optional<byte[]> first(String label, byte[] text) {
    return blocks(text).stream()
        .filter(block -> block.label().equals(label))
        .findFirst()
        .map(Block::der)
        .filter(der -> der.length > 0);
  }

  /** The blocks that are whole, in their order, up to one that is not. */
  public static List<Block> blocks(byte[] text) {
    String all = new String(text, StandardCharsets.ISO_8859_1);
    List<Block> blocks = new ArrayList<>();
    int from = all.indexOf(BEGIN);
    while (from >= 0) {
      int labelEnd = all.indexOf(DASHES, from + BEGIN.length());
      if (labelEnd < 0) {
        break;
      }
      String label = all.substring(from + BEGIN.length(), labelEnd);
      int end = all.indexOf(END + label + DASHES, labelEnd);
      if (end < 0) {
        break;
      }
      blocks.add(new Block(label, decode(all.substring(labelEnd + DASHES.length(), end))));
      from = all.indexOf(BEGIN, end);
    }
    return blocks;
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
