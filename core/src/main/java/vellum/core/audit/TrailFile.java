package vellum.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An exported trail: a file of lines of JSON.
 *
 * <pre>
 *   {"trail":"vellum.internal/audit/…","format":1,"keys":["…+1a2b3c4d+…"],"entries":120}
 *   {"entry":0,…}                    the entries' own bytes, as they are hashed
 *   {"checkpoint":"…"}               a signed note, behind the last entry that it covers
 * </pre>
 */
public final class TrailFile implements TrailSource {

  private static final int FORMAT = 1;
  private static final int MOST_LINE_BYTES = 1 << 20;
  private static final String ENTRY = "{\"entry\":";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path file;
  private final String origin;
  private final List<VerifierKey> keys;
  private final OptionalLong size;

  private TrailFile(Path file, JsonNode header) {
    this.file = file;
    this.origin = header.path("trail").asText("");
    this.keys = new ArrayList<>();
    header.path("keys").forEach(key -> keys.add(VerifierKey.parse(key.asText())));
    this.size =
        header.path("entries").isIntegralNumber()
            ? OptionalLong.of(header.path("entries").longValue())
            : OptionalLong.empty();
  }

  /**
   * Opens an export.
   *
   * @throws AuditException.Unreadable when it is none
   */
  public static TrailFile open(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      byte[] first = line(in);
      JsonNode header = json(first == null ? new byte[0] : first);
      if (header.path("format").asInt() != FORMAT || !header.path("trail").isTextual()) {
        throw new AuditException.Unreadable(
            file + " is no export of an audit trail of format " + FORMAT);
      }
      return new TrailFile(file, header);
    }
  }

  /** The first line of an export, without line feed. */
  public static String header(String origin, List<VerifierKey> keys, long entries) {
    ObjectNode header = MAPPER.createObjectNode().put("trail", origin).put("format", FORMAT);
    ArrayNode texts = header.putArray("keys");
    keys.forEach(key -> texts.add(key.text()));
    return header.put("entries", entries).toString();
  }

  /** The line of a checkpoint, without line feed. */
  public static String checkpoint(String note) {
    return MAPPER.createObjectNode().put("checkpoint", note).toString();
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public List<VerifierKey> keys() {
    return List.copyOf(keys);
  }

  @Override
  public OptionalLong size() {
    return size;
  }

  @Override
  public void checkpoints(Consumer<String> sink) throws IOException {
    read(
        line -> {
          if (!isEntry(line)) {
            sink.accept(json(line).path("checkpoint").asText(""));
          }
        });
  }

  @Override
  public void entries(Consumer<byte[]> sink) throws IOException {
    read(
        line -> {
          if (isEntry(line)) {
            sink.accept(line);
          }
        });
  }

  /** Whatever is no checkpoint is an entry, be it one or not: nothing is passed over. */
  private static boolean isEntry(byte[] line) {
    String start = new String(line, 0, Math.min(line.length, ENTRY.length()), UTF_8);
    return start.equals(ENTRY) || json(line).path("checkpoint").isMissingNode();
  }

  private void read(Consumer<byte[]> sink) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      line(in);
      for (byte[] line = line(in); line != null; line = line(in)) {
        sink.accept(line);
      }
    }
  }

  /** The next line without its line feed; null at the end. */
  private static byte @Nullable [] line(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (; next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
      if (line.size() > MOST_LINE_BYTES) {
        throw new AuditException.Unreadable(
            "a line of it has more than " + MOST_LINE_BYTES + " bytes");
      }
    }
    return line.toByteArray();
  }

  /** A line's JSON; missing when it is none. */
  private static JsonNode json(byte[] line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      return MAPPER.missingNode();
    }
  }
}
