package vellum.core.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A file of a package that holds no records.
 *
 * @param file its name in the package: {@code answer.json.p7m}
 * @param bytes of the file
 * @param sha256 of the file, hex digits
 * @param plainBytes of what is in it
 * @param plainSha256 of what is in it, hex digits
 */
public record Attachment(
    String file, long bytes, String sha256, long plainBytes, String plainSha256) {

  /** Most bytes of one. */
  public static final int MAX_BYTES = 16 << 20;

  private static final String PLAIN = "[a-z][a-z0-9-]{0,31}\\.(json|ndjson|csv|txt)";
  private static final String OWN = "(manifest|records-).*";
  private static final String ENCRYPTED = ".p7m";

  public Attachment {
    String name = file.endsWith(ENCRYPTED) ? file.substring(0, file.length() - 4) : "";
    if (!isName(name) || bytes < 0 || plainBytes < 0) {
      throw new IllegalArgumentException(
          "name of an attachment must match " + PLAIN + " and be none of a package's own: " + file);
    }
  }

  private static boolean isName(String name) {
    return name.matches(PLAIN) && !name.matches(OWN);
  }

  /** Whether a file of a package may be one. */
  static boolean isFile(String file) {
    return file.endsWith(ENCRYPTED) && isName(file.substring(0, file.length() - 4));
  }

  /** Name of the file in which a name is. */
  static String file(String name) {
    return name + ENCRYPTED;
  }

  ObjectNode writeTo(ObjectNode node) {
    return node.put("file", file)
        .put("bytes", bytes)
        .put("sha256", sha256)
        .put("plain_bytes", plainBytes)
        .put("plain_sha256", plainSha256);
  }

  static Attachment of(JsonNode node) {
    return new Attachment(
        node.path("file").asText(),
        node.path("bytes").asLong(-1),
        node.path("sha256").asText(),
        node.path("plain_bytes").asLong(-1),
        node.path("plain_sha256").asText());
  }
}
