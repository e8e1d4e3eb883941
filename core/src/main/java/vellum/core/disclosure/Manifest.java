package vellum.core.disclosure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import vellum.core.record.Sha256;

/**
 * What a package is and what is in it, as the bytes that are signed. Immutable; may hold identities
 * in the scope. As JSON:
 *
 * <pre>
 *   package          1
 *   made_at, tool, policy, operator, approver
 *   order, scope     as they were approved
 *   classes          privacy classes that may be in the records
 *   counts           records, live, vault, archive, with_identities, without_identities
 *   erased           period, erased_on, rule, certificate of what is no longer held
 *   encrypted_for, signed_by
 *   files            file, form, records, bytes, sha256, plain_bytes, plain_sha256
 *   attachments      file, bytes, sha256, plain_bytes, plain_sha256 of what holds no records
 * </pre>
 */
public final class Manifest {

  /** Number of the form. */
  static final int NUMBER = 1;

  static final String FILE = "manifest.json.p7m";
  static final String SIGNATURE_FILE = "manifest.json.p7s.p7m";
  static final String STAMP_FILE = "manifest.tst";
  static final String SUMS_FILE = "SHA256SUMS";
  static final String README_FILE = "README.txt";

  /** Longest manifest that is read. */
  static final int MAX_BYTES = 16 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] bytes;
  private final JsonNode json;

  private Manifest(byte[] bytes, JsonNode json) {
    this.bytes = bytes;
    this.json = json;
  }

  static Manifest of(PackageState state, PackageSpec spec, PackageFacts facts, PackagePorts with) {
    Instant at = with.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    ObjectNode node =
        JSON.createObjectNode()
            .put("package", NUMBER)
            .put("made_at", at.toString())
            .put("tool", facts.tool())
            .put("policy", facts.policy())
            .put("operator", facts.operator());
    if (facts.approver() != null) {
      node.put("approver", facts.approver());
    }
    node.set("order", facts.order());
    node.set("scope", facts.scope());
    ArrayNode classes = node.putArray("classes");
    spec.classes().names().forEach(classes::add);
    state.counts().writeTo(node.putObject("counts"));
    ArrayNode erased = node.putArray("erased");
    facts.erased().forEach(each -> each.writeTo(erased.addObject()));
    node.put("encrypted_for", with.to().description());
    node.put("signed_by", "certificate " + with.signer().fingerprint());
    ArrayNode files = node.putArray("files");
    state.files().forEach(file -> file.writeTo(files.addObject()));
    ArrayNode attachments = node.putArray("attachments");
    state.attachments().forEach(each -> each.writeTo(attachments.addObject()));
    try {
      return read(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest could not be written", e);
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws PackageException.Broken when it is none, or of a later version
   */
  static Manifest read(byte[] bytes) {
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (IOException e) {
      throw new PackageException.Broken("the manifest is no JSON");
    }
    int number = json == null ? 0 : json.path("package").asInt();
    if (number != NUMBER) {
      throw new PackageException.Broken(
          number > NUMBER ? "a later version made this package" : "the manifest has no version");
    }
    return new Manifest(bytes, json);
  }

  /** What is signed. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** What it says. */
  public JsonNode json() {
    return json.deepCopy();
  }

  /** SHA-256 of it, hex digits: what a journal of disclosures keeps. */
  public String digest() {
    return Sha256.hex(bytes);
  }

  /** How many records the package has. */
  public long records() {
    return json.path("counts").path("records").asLong();
  }

  /** Its files of records. */
  List<PackageFile> files() {
    List<PackageFile> files = new ArrayList<>();
    try {
      json.path("files").forEach(file -> files.add(PackageFile.of(file)));
    } catch (IllegalArgumentException e) {
      throw new PackageException.Broken("the manifest names a file that is none");
    }
    return files;
  }

  /** Its files without records. */
  List<Attachment> attachments() {
    List<Attachment> attachments = new ArrayList<>();
    try {
      json.path("attachments").forEach(each -> attachments.add(Attachment.of(each)));
    } catch (IllegalArgumentException e) {
      throw new PackageException.Broken("the manifest names a file that is none");
    }
    return attachments;
  }

  @Override
  public String toString() {
    return "Manifest[" + digest() + "]";
  }
}
