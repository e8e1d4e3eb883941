package vellum.ingest.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of an export. */
final class ExportFiles {

  private ExportFiles() {}

  /** Bytes by name, a character each. */
  static Map<String, String> of(Path export) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(export)) {
      for (Path file : list.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        files.put(file.getFileName().toString(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  static ObjectNode manifest(Path export) throws IOException {
    return (ObjectNode)
        new JsonMapper().readTree(Files.readAllBytes(export.resolve("manifest.json")));
  }

  /** Leaves what a kill behind the first part of a complete export leaves. */
  static void breakOff(Path export, String firstPart) throws IOException {
    ObjectNode head = manifest(export);
    try (Stream<Path> list = Files.list(export)) {
      for (Path file : list.toList()) {
        if (!file.getFileName().toString().equals(firstPart)) {
          Files.delete(file);
        }
      }
    }
    String part = head.path("parts").get(0).toString();
    head.remove(List.of("parts", "control", "complete"));
    Files.writeString(export.resolve("manifest.partial"), head + "\n" + part + "\n");
  }
}
