package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/**
 * Has a request answered, waits with progress, and fetches its package: sealed files, which are
 * written here as they lie on the server.
 */
final class RequestAnswer {

  private static final Duration LEAST_WAIT = Duration.ofMillis(20);
  private static final Duration MOST_WAIT = Duration.ofSeconds(2);

  private final Screen screen;
  private final ServerCalls calls;
  private final String id;

  RequestAnswer(Screen screen, ServerCalls calls, String id) {
    this.screen = screen;
    this.calls = calls;
    this.id = id;
  }

  /**
   * Begins the answer, and waits for its end.
   *
   * @param certificate PEM that the package is sealed for; empty: for a passphrase, which is in
   *     what is returned
   */
  JsonNode run(String certificate) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (!certificate.isEmpty()) {
      body.put("certificate", certificate);
    }
    JsonNode begun = calls.post(RequestView.path(id) + "/answer", body);
    String passphrase = begun.path("passphrase").asText("");
    JsonNode request = await(begun);
    if (!request.path("state").asText().equals("done")) {
      throw new CommandFault(
          ExitCode.FAILED,
          id + " was not answered: " + request.path("failure").asText("broken off"));
    }
    ObjectNode answered = (ObjectNode) request;
    return passphrase.isEmpty() ? answered : answered.put("passphrase", passphrase);
  }

  private JsonNode await(JsonNode begun) {
    JsonNode request = begun;
    long wait = LEAST_WAIT.toNanos();
    try (ProgressMeter meter =
        new ProgressMeter(screen, "answering " + id, "records", System::nanoTime)) {
      while (request.path("state").asText().equals("working")) {
        LockSupport.parkNanos(wait);
        wait = Math.min(2 * wait, MOST_WAIT.toNanos());
        request = calls.get(RequestView.path(id));
        JsonNode progress = request.path("progress");
        meter.at(progress.path("permille").asLong(), 1000, progress.path("records").asLong());
      }
    }
    return request;
  }

  /** Fetches the package into a new directory, or an empty one. */
  void fetch(Path directory) throws IOException {
    String path = RequestView.path(id) + "/package";
    JsonNode files = calls.get(path).path("files");
    Files.createDirectories(directory);
    for (JsonNode file : files) {
      String name = file.asText();
      Path target = directory.resolve(name).normalize();
      if (!directory.normalize().equals(target.getParent())) {
        throw new CommandFault(ExitCode.FAILED, "the server named a file outside of the package");
      }
      Path making = directory.resolve(name + ".making");
      calls.download(
          path + "/" + ServerCalls.encoded(name),
          in -> Files.copy(in, making, StandardCopyOption.REPLACE_EXISTING));
      Files.move(making, target, StandardCopyOption.REPLACE_EXISTING);
    }
    screen.err().println(files.size() + " files in " + directory);
  }

  /** Prints what came of it. */
  void print(OutputFormat format, JsonNode answered) {
    RequestView.print(screen, format, answered);
    if (answered.hasNonNull("passphrase")) {
      screen
          .err()
          .println("the passphrase is shown this once: give it to the person by another way");
    }
  }
}
