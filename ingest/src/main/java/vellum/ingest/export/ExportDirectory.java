package vellum.ingest.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vellum.core.record.Sha256;

/**
 * The files of an export. While it is made, {@code manifest.partial} has a line for what it is and
 * one for each part that is there; in the end {@code manifest.json} takes its place. Files get
 * their names when they are whole. For one thread.
 */
final class ExportDirectory {

  static final String MANIFEST = "manifest.json";
  static final String PARTIAL = "manifest.partial";

  private static final String UNFINISHED = ".tmp";
  private static final Pattern OWN =
      Pattern.compile(
          "manifest\\.(json|partial)(\\.tmp)?|[a-z]+-[0-9]{5,9}\\.(csv|ndjson|parquet)(\\.tmp)?");
  private static final JsonMapper JSON = new JsonMapper();
  private static final int BUFFER = 1 << 16;

  private final Path directory;

  ExportDirectory(Path directory) {
    this.directory = directory;
  }

  Path path() {
    return directory;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  boolean isComplete() {
    return Files.exists(file(MANIFEST));
  }

  boolean isBegun() {
    return Files.exists(file(PARTIAL));
  }

  /** Refuses a directory in which anything lies that no export put there; changes nothing. */
  void check() throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new ExportFault(
          ExportFault.Kind.USAGE, directory + " is no directory; name another one");
    }
    for (Path file : files()) {
      String name = String.valueOf(file.getFileName());
      if (!OWN.matcher(name).matches() || !Files.isRegularFile(file)) {
        throw new ExportFault(
            ExportFault.Kind.USAGE,
            directory + " holds " + name + ", which is of no export; name another directory");
      }
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  /** Names of the part files that are there. */
  List<String> parts() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : files()) {
      String name = String.valueOf(file.getFileName());
      if (!name.startsWith("manifest.")) {
        names.add(name);
      }
    }
    return names;
  }

  /** Makes the directory, removes what earlier exports left, writes the first line. */
  void begin(ObjectNode head) throws IOException {
    Files.createDirectories(directory);
    for (Path file : files()) {
      Files.delete(file);
    }
    write(file(PARTIAL), line(head));
  }

  /** Adds a line for a part that is there. */
  void add(ObjectNode part) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(file(PARTIAL), StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
      out.write(line(part));
    }
  }

  /** Lines of what is begun; a last one that a crash cut off is left out. */
  List<ObjectNode> lines() throws IOException {
    List<ObjectNode> lines = new ArrayList<>();
    String text = Files.readString(file(PARTIAL));
    int end = text.lastIndexOf('\n');
    for (String line : text.substring(0, Math.max(0, end)).split("\n", -1)) {
      parse(line).ifPresent(lines::add);
    }
    return lines;
  }

  /** Writes the lines anew. */
  void rewrite(List<ObjectNode> lines) throws IOException {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    for (ObjectNode line : lines) {
      bytes.writeBytes(line(line));
    }
    write(file(PARTIAL), bytes.toByteArray());
  }

  private static Optional<ObjectNode> parse(String line) {
    try {
      return JSON.readTree(line) instanceof ObjectNode node ? Optional.of(node) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static byte[] line(ObjectNode node) {
    return (node + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Ends the export: the manifest is there from now on. */
  void finish(ObjectNode manifest) throws IOException {
    write(
        file(MANIFEST),
        (manifest.toPrettyString() + "\n").replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
    Files.deleteIfExists(file(PARTIAL));
  }

  /** The manifest of a complete export. */
  JsonNode manifest() throws IOException {
    try {
      return JSON.readTree(Files.readAllBytes(file(MANIFEST)));
    } catch (JsonProcessingException e) {
      throw new ExportFault(ExportFault.Kind.UNVERIFIED, file(MANIFEST) + " is no manifest");
    }
  }

  private void write(Path file, byte[] bytes) throws IOException {
    Path unfinished = file(file.getFileName() + UNFINISHED);
    Files.write(unfinished, bytes);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes a part under another name; {@link #keep} gives it its own. Returns its SHA-256. */
  String receive(String name, InputStream body) throws IOException {
    DigestInputStream digested = new DigestInputStream(body, Sha256.begin());
    try (OutputStream out = Files.newOutputStream(file(name + UNFINISHED))) {
      byte[] buffer = new byte[BUFFER];
      for (int read = digested.read(buffer); read >= 0; read = digested.read(buffer)) {
        out.write(buffer, 0, read);
      }
    }
    return Sha256.hex(digested.getMessageDigest());
  }

  void keep(String name) throws IOException {
    Files.move(
        file(name + UNFINISHED),
        file(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** SHA-256 of a file, hex digits. */
  String digest(String name) throws IOException {
    MessageDigest sha256 = Sha256.begin();
    try (InputStream in = Files.newInputStream(file(name))) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    }
    return Sha256.hex(sha256);
  }
}
