package vellum.ingest.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which request is changed, and why. */
final class RequestChangeOption {

  @Parameters(paramLabel = "ID", description = "The request, such as R-4F7K2Q9M.")
  String id = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why: 1 to 200 characters, nobody's number or address.")
  String reason = "";
}
