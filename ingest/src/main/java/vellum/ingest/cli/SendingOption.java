package vellum.ingest.cli;

import picocli.CommandLine.Option;

/** Where records go to, and under whose name. */
final class SendingOption {

  @Option(
      names = "--stream",
      paramLabel = "HOST:PORT",
      description =
          "Where a server elsewhere takes records (default: the profile's, else port 7400 of the"
              + " same host).")
  String stream = "";

  @Option(
      names = "--producer",
      paramLabel = "NAME",
      description =
          "Name to send under: a producer's token or certificate sends under its own name only"
              + " (default: ${DEFAULT-VALUE}).")
  String producer = "cli";
}
