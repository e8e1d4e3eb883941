package vellum.ingest.cli;

import picocli.CommandLine.Option;
import vellum.ingest.terminal.OutputFormat;

/** How rows are shown. */
final class OutputOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  OutputFormat format = OutputFormat.TABLE;
}
