package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;

/** Whether identities are shown in clear, and why: the audit trail keeps it. */
final class RevealOption {

  @Option(
      names = "--reveal",
      description = "Identities in clear instead of masked; needs --reason.")
  boolean reveal;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for the audit trail: at most 200 characters, nobody's number or address.")
  String reason = "";

  @Option(
      names = "--case",
      paramLabel = "ID",
      description = "The case it is for, by which the audit trail names people.")
  String caseId = "";

  /** Before anything is asked of the server. */
  void check() {
    if (reveal && reason.isBlank()) {
      throw new CommandFault(ExitCode.USAGE, "--reveal needs --reason TEXT");
    }
  }

  /** As fields of a question. */
  void into(ObjectNode question) {
    question.put("reveal", reveal);
    if (!reason.isBlank()) {
      question.put("reason", reason);
    }
    if (!caseId.isBlank()) {
      question.put("case", caseId);
    }
  }

  /** As a query. */
  String query() {
    return "?reveal="
        + reveal
        + (reason.isBlank() ? "" : "&reason=" + ServerCalls.encoded(reason))
        + (caseId.isBlank() ? "" : "&case=" + ServerCalls.encoded(caseId));
  }
}
