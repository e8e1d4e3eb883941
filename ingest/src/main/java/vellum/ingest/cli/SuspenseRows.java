package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** With which rows of suspense something is done: named one by one, or by code or account. */
final class SuspenseRows {

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "A record, as the list has it; repeated.")
  List<String> ids = new ArrayList<>();

  @Mixin SuspenseChoice choice = new SuspenseChoice();

  /** Before anything is asked of the server. */
  void check() {
    choice.check();
    if (ids.isEmpty() != choice.isNarrow()) {
      throw new CommandFault(
          ExitCode.USAGE, "say which records: --id, or else --code or --account (or both)");
    }
  }

  /**
   * Does some work on them.
   *
   * @param body of the requests
   * @param answers hears of each
   */
  void each(SuspenseWork work, ObjectNode body, Consumer<JsonNode> answers) {
    if (ids.isEmpty()) {
      work.all(choice, body, answers);
    } else {
      work.ids(ids, body, answers);
    }
  }
}
