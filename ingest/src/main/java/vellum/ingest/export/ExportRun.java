package vellum.ingest.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.export.ControlTotals;
import vellum.ingest.endpoint.EndpointException;
import vellum.ingest.endpoint.ServerCalls;

/**
 * Makes an export in a directory, or goes on with one that was broken off. Every part is checked
 * against its SHA-256 before it counts. When the server has lost the session, it is begun again
 * where it was, if the months have not changed. For one thread.
 */
public final class ExportRun {

  private static final String NO_SESSION = "NO_EXPORT";
  private static final String CHANGED = "EXPORT_CHANGED";

  private final ServerCalls calls;
  private final ExportQuestion question;
  private final ExportDirectory directory;
  private final Progress progress;

  /** What to do with an export that lies there. */
  public enum Existing {
    REFUSE,
    RESUME,
    RESTART
  }

  /** Hears how far an export is. */
  @FunctionalInterface
  public interface Progress {
    void at(int permille, long rows);
  }

  /**
   * What was made.
   *
   * @param position journal sequence that the rows reflect
   */
  public record Made(int files, long bytes, long position, ControlTotals totals) {}

  public ExportRun(ServerCalls calls, ExportQuestion question, Path directory, Progress progress) {
    this.calls = calls;
    this.question = question;
    this.directory = new ExportDirectory(directory);
    this.progress = progress;
  }

  /**
   * Makes the export.
   *
   * @throws ExportFault naming what is wrong
   * @throws EndpointException when the server cannot be asked, or refuses
   */
  public Made make(Existing existing) throws IOException {
    try {
      return made(existing);
    } catch (EndpointException.Problem e) {
      if (e.code().equals(CHANGED)) {
        throw new ExportFault(
            ExportFault.Kind.CHANGED,
            e.getMessage() + "; an export is of one moment: begin it anew with --restart");
      }
      throw e;
    } catch (IOException e) {
      throw DiskFull.named(directory.path(), e);
    }
  }

  private Made made(Existing existing) throws IOException {
    directory.check();
    boolean begun = false;
    if (existing != Existing.RESTART) {
      if (directory.isComplete()) {
        throw usage("holds a complete export; name another directory, or --restart to replace it");
      }
      begun = directory.isBegun();
      if (begun && existing == Existing.REFUSE) {
        throw usage("holds an export that was broken off: say --resume or --restart");
      }
      if (!begun && !directory.parts().isEmpty()) {
        throw usage("holds parts of an export, but no manifest; --restart removes them");
      }
    }
    Session session = new Session(begun ? resumed() : null);
    try {
      session.start();
      while (session.next()) {
        progress.at(session.permille, session.manifest.totals().rows());
      }
      return finish(session.manifest);
    } finally {
      session.end();
    }
  }

  private ExportFault usage(String what) {
    return new ExportFault(ExportFault.Kind.USAGE, directory.path() + " " + what);
  }

  /** What is there, up to the first part that is not what it should be. */
  private @Nullable Manifest resumed() throws IOException {
    List<ObjectNode> lines = directory.lines();
    if (lines.isEmpty()) {
      return null;
    }
    Manifest manifest = new Manifest(lines.get(0));
    if (!question.isOf(manifest.head())) {
      throw usage("holds another export: of other days, account or format");
    }
    if (manifest.head().path("manifest").asInt() != Manifest.NUMBER) {
      throw usage("holds an export of another version; say --restart");
    }
    for (ObjectNode part : lines.subList(1, lines.size())) {
      String name = part.path("file").asText();
      if (!name.equals(question.file(manifest.parts().size() + 1))
          || !Files.exists(directory.file(name))
          || !directory.digest(name).equals(part.path("sha256").asText())) {
        break;
      }
      manifest.add(part);
      progress.at(0, manifest.totals().rows());
    }
    List<ObjectNode> kept = lines.subList(0, 1 + manifest.parts().size());
    directory.rewrite(kept);
    return manifest;
  }

  private Made finish(Manifest manifest) throws IOException {
    directory.finish(manifest.whole());
    long bytes = 0;
    for (ObjectNode part : manifest.parts()) {
      bytes += part.path("bytes").asLong();
    }
    return new Made(manifest.parts().size(), bytes, manifest.position(), manifest.totals());
  }

  /** The server's side of this export; begun again when the server has lost it. */
  private final class Session {
    private final Manifest manifest;
    private final boolean isNew;
    private String id;
    private int permille;

    /** Asks the server; what it refuses leaves the disk as it is. */
    Session(@Nullable Manifest known) {
      JsonNode begun = begin(known);
      id = begun.path("session").asText();
      isNew = known == null;
      manifest = known == null ? new Manifest(Manifest.head(question, begun)) : known;
    }

    void start() throws IOException {
      if (isNew) {
        directory.begin(manifest.head());
      }
    }

    private JsonNode begin(@Nullable Manifest known) {
      ObjectNode body = question.json();
      if (known != null) {
        body.set("resume", known.resume());
      }
      return calls.post("/v1/export", body);
    }

    /** Gets what comes next; false at the end. */
    boolean next() throws IOException {
      try {
        return part();
      } catch (EndpointException.Problem e) {
        if (!e.code().equals(NO_SESSION)) {
          throw e;
        }
        id = begin(manifest).path("session").asText();
        return part();
      }
    }

    private boolean part() throws IOException {
      int number = manifest.parts().size() + 1;
      String path = "/v1/export/" + id + "/parts/" + number;
      JsonNode answer = calls.get(path);
      permille = answer.path("permille").asInt();
      if (answer.path("part") instanceof ObjectNode part) {
        take(part, question.file(number), path + "/content");
      }
      return !answer.path("end").asBoolean();
    }

    private void take(ObjectNode part, String name, String path) throws IOException {
      String[] digest = new String[1];
      calls.download(path, body -> digest[0] = directory.receive(name, body));
      if (!part.path("sha256").asText().equals(digest[0])) {
        throw new ExportFault(
            ExportFault.Kind.UNVERIFIED,
            name + " did not arrive as it was sent; run the same again with --resume");
      }
      directory.keep(name);
      part.remove("number");
      ObjectNode line = part.objectNode().put("file", name);
      line.setAll(part);
      directory.add(line);
      manifest.add(line);
    }

    /** Tells the server that nothing more is asked for; it would find out by itself. */
    void end() {
      try {
        calls.delete("/v1/export/" + id);
      } catch (EndpointException e) {
        // It ends when nobody asks for it.
      }
    }
  }
}
