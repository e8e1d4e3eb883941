package vellum.ingest.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vellum.core.export.ControlTotals;

/** Compares an export with its manifest: every file, every digest, the totals. Stateless. */
public final class ExportCheck {

  private ExportCheck() {}

  /**
   * Reads all of it.
   *
   * @param progress hears of each part
   * @throws ExportFault naming the first thing that is not as it should be
   */
  public static ExportRun.Made check(Path path, ExportRun.Progress progress) throws IOException {
    ExportDirectory directory = new ExportDirectory(path);
    if (!directory.isComplete()) {
      throw new ExportFault(
          directory.isBegun() ? ExportFault.Kind.UNVERIFIED : ExportFault.Kind.USAGE,
          directory.isBegun()
              ? path + " holds an export that was broken off; go on with --resume"
              : path + " holds no export: there is no " + ExportDirectory.MANIFEST);
    }
    JsonNode manifest = directory.manifest();
    if (manifest.path("manifest").asInt() != Manifest.NUMBER) {
      throw bad("the manifest is of a version that this one does not know");
    }
    ControlTotals totals = new ControlTotals();
    List<String> names = new ArrayList<>();
    long bytes = 0;
    int parts = manifest.path("parts").size();
    for (JsonNode part : manifest.path("parts")) {
      String name = part.path("file").asText();
      names.add(name);
      bytes += checked(directory, name, part);
      totals.add(controlOf(part));
      progress.at(1000 * names.size() / parts, totals.rows());
    }
    if (!directory.parts().equals(names)) {
      throw bad("there are files that the manifest does not name, or some twice");
    }
    if (!totals.equals(controlOf(manifest))) {
      throw bad("the totals of the parts are not those of the whole");
    }
    return new ExportRun.Made(parts, bytes, manifest.path("position").asLong(), totals);
  }

  private static long checked(ExportDirectory directory, String name, JsonNode part)
      throws IOException {
    Path file = directory.file(name);
    if (name.contains("/") || !Files.isRegularFile(file)) {
      throw bad(name + " is not there");
    }
    long size = Files.size(file);
    if (size != part.path("bytes").asLong()) {
      throw bad(name + " has " + size + " bytes, not " + part.path("bytes").asLong());
    }
    if (!directory.digest(name).equals(part.path("sha256").asText())) {
      throw bad(name + " has another SHA-256 than the manifest says");
    }
    if (controlOf(part).rows() != part.path("rows").asLong()) {
      throw bad("the manifest says two numbers of rows of " + name);
    }
    return size;
  }

  private static ControlTotals controlOf(JsonNode node) {
    try {
      return ControlTotals.of(node.path("control"));
    } catch (IllegalArgumentException e) {
      throw bad("the manifest has no control totals in its form");
    }
  }

  private static ExportFault bad(String what) {
    return new ExportFault(ExportFault.Kind.UNVERIFIED, what);
  }
}
