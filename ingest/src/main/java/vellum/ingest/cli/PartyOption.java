package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;

/** Whose bill: an account's or a supplier's. */
final class PartyOption {

  @Option(names = "--account", paramLabel = "ID", description = "The account that is billed.")
  @Nullable String account;

  @Option(
      names = "--supplier",
      paramLabel = "ID",
      description = "The supplier that is settled with; an empty one is legs that name none.")
  @Nullable String supplier;

  boolean isGiven() {
    return account != null || supplier != null;
  }

  void require() {
    if ((account == null) == (supplier == null)) {
      throw new CommandFault(ExitCode.USAGE, "say whose: --account ID or --supplier ID");
    }
  }

  /** Parameter of a request, behind an ampersand; empty when nobody is named. */
  String parameter() {
    if (account != null) {
      return "&account=" + ServerCalls.encoded(account);
    }
    return supplier == null ? "" : "&supplier=" + ServerCalls.encoded(supplier);
  }

  /** Puts the party into a body. */
  ObjectNode into(ObjectNode body) {
    return account != null ? body.put("account", account) : body.put("supplier", supplier);
  }
}
