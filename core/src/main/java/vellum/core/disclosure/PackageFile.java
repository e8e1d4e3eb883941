package vellum.core.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A file of records in a package.
 *
 * @param file its name in the package: {@code records-000001.csv.p7m}
 * @param form how its records are written
 * @param records how many there are
 * @param bytes of the file
 * @param sha256 of the file, hex digits
 * @param plainBytes of what is in it
 * @param plainSha256 of what is in it, hex digits
 */
public record PackageFile(
    String file,
    RecordForm form,
    long records,
    long bytes,
    String sha256,
    long plainBytes,
    String plainSha256) {

  private static final String NAME = "records-[0-9]{6}\\.(csv|ndjson|xml)\\.p7m";

  public PackageFile {
    if (!file.matches(NAME) || records < 0 || bytes < 0 || plainBytes < 0) {
      throw new IllegalArgumentException("not a file of records: " + file);
    }
  }

  static String name(int number, RecordForm form) {
    return String.format(java.util.Locale.ROOT, "records-%06d%s.p7m", number, form.ending());
  }

  ObjectNode writeTo(ObjectNode node) {
    return node.put("file", file)
        .put("form", form.name())
        .put("records", records)
        .put("bytes", bytes)
        .put("sha256", sha256)
        .put("plain_bytes", plainBytes)
        .put("plain_sha256", plainSha256);
  }

  static PackageFile of(JsonNode node) {
    return new PackageFile(
        node.path("file").asText(),
        RecordForm.valueOf(node.path("form").asText()),
        node.path("records").asLong(-1),
        node.path("bytes").asLong(-1),
        node.path("sha256").asText(),
        node.path("plain_bytes").asLong(-1),
        node.path("plain_sha256").asText());
  }
}
