package vellum.ingest.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Table;

/** The directories of a data directory, two deep, with their sizes. Stateless. */
final class DirectoryListing {

  private static final int DEPTH = 2;

  private DirectoryListing() {}

  static Table of(Path root) throws IOException {
    Table table = new Table("PATH", ">FILES", ">SIZE");
    list(root, "", 0, table);
    return table;
  }

  private static void list(Path directory, String indent, int depth, Table table)
      throws IOException {
    for (Path entry : entries(directory)) {
      String name = indent + entry.getFileName();
      if (Files.isDirectory(entry)) {
        List<Path> files = filesBelow(entry);
        table.row(name + "/", files.size() + "", Figures.bytes(bytes(files)));
        if (depth + 1 < DEPTH) {
          list(entry, indent + "  ", depth + 1, table);
        }
      } else if (depth == 0) {
        table.row(name, "", Figures.bytes(Files.size(entry)));
      }
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  private static List<Path> filesBelow(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static long bytes(List<Path> files) throws IOException {
    long sum = 0;
    for (Path file : files) {
      sum += Files.size(file);
    }
    return sum;
  }
}
