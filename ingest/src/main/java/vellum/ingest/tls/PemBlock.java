package vellum.ingest.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One block of a PEM file (RFC 7468): {@code -----BEGIN LABEL-----}, base64, {@code -----END
 * LABEL-----}. Text around blocks is passed over.
 *
 * @param der empty when the base64 is none
 */
record PemBlock(String label, byte[] der) {

  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  /** The blocks that are whole, in their order. */
  static List<PemBlock> all(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    List<PemBlock> blocks = new ArrayList<>();
    int from = text.indexOf(BEGIN);
    while (from >= 0) {
      int labelEnd = text.indexOf(DASHES, from + BEGIN.length());
      if (labelEnd < 0) {
        break;
      }
      String label = text.substring(from + BEGIN.length(), labelEnd);
      int end = text.indexOf("-----END " + label + DASHES, labelEnd);
      if (end < 0) {
        break;
      }
      blocks.add(new PemBlock(label, decode(text.substring(labelEnd + DASHES.length(), end))));
      from = text.indexOf(BEGIN, end);
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

  @Override
  public String toString() {
    return "PemBlock[" + label + "]";
  }
}
