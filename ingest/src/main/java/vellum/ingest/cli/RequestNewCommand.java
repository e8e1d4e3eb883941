package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import vellum.ingest.terminal.Screen;

/** A person's request, taken in: what the commands of all kinds share. */
abstract class RequestNewCommand implements Callable<Integer> {

  static final String REFUSED_LINE =
      "4:refused: no identity check, no interval of a number, a malformed number, or no permission";
  static final String INTERVAL =
      "A number needs the interval in which the person proved to have had it, since numbers are"
          + " given to others later.";

  private final Screen screen;
  private final String kind;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PersonOption person = new PersonOption();

  RequestNewCommand(Screen screen, String kind) {
    this.screen = screen;
    this.kind = kind;
  }

  @Override
  public final Integer call() throws IOException {
    ObjectNode body = person.body(screen, kind);
    complete(body);
    RequestView.print(screen, output.format, server.calls(screen).post(RequestView.PATH, body));
    return ExitCode.OK;
  }

  /** Adds what only requests of this kind say. */
  void complete(ObjectNode body) {
    // Most say no more.
  }
}
