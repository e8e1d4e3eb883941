package vellum.ingest.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a noun without a verb answers. Stateless. */
final class GroupFault {

  private GroupFault() {}

  static ParameterException of(CommandSpec spec) {
    return new ParameterException(
        spec.commandLine(), "say what to do: " + String.join(", ", spec.subcommands().keySet()));
  }
}
