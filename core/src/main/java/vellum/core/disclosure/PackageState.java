package vellum.core.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a package has come, from where it can be gone on with. Immutable; holds no identity.
 *
 * @param files of records, those that are finished
 * @param attachments files without records
 * @param counts of the records in them
 */
public record PackageState(
    List<PackageFile> files, List<Attachment> attachments, RecordCounts counts) {

  /** Number of the form. */
  static final int FORMAT = 1;

  /** Nothing yet. */
  public static final PackageState EMPTY =
      new PackageState(List.of(), List.of(), RecordCounts.NONE);

  public PackageState {
    files = List.copyOf(files);
    attachments = List.copyOf(attachments);
  }

  /** Records that need not be added again. */
  public long records() {
    return counts.records();
  }

  /** As JSON. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    counts.writeTo(node.putObject("counts"));
    ArrayNode array = node.putArray("files");
    files.forEach(file -> file.writeTo(array.addObject()));
    ArrayNode others = node.putArray("attachments");
    attachments.forEach(each -> each.writeTo(others.addObject()));
    return node;
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws PackageException.BadState when it is another form, or none
   */
  public static PackageState of(JsonNode node) {
    int format = node.path("format").asInt();
    if (format != FORMAT) {
      throw new PackageException.BadState(
          format > FORMAT ? "a later version wrote it" : "it has no format");
    }
    try {
      List<PackageFile> files = new ArrayList<>();
      node.path("files").forEach(file -> files.add(PackageFile.of(file)));
      List<Attachment> attachments = new ArrayList<>();
      node.path("attachments").forEach(each -> attachments.add(Attachment.of(each)));
      return new PackageState(files, attachments, RecordCounts.of(node.path("counts")));
    } catch (IllegalArgumentException e) {
      throw new PackageException.BadState("a value has not its form");
    }
  }
}
