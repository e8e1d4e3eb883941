package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;

/** Which rows of suspense are meant. */
final class SuspenseChoice {

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Why they are there, such as UNKNOWN_ACCOUNT.")
  @Nullable String code;

  @Option(names = "--account", paramLabel = "ID", description = "The account that they name.")
  @Nullable String account;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Started at or after this instant, or date (UTC).")
  @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Started before this instant, or date (UTC).")
  @Nullable Instant to;

  void check() {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new CommandFault(ExitCode.USAGE, "--from must be before --to");
    }
  }

  /** Whether rows are chosen by what says something of them. */
  boolean isNarrow() {
    return code != null || account != null;
  }

  /** As a query; begins with "?" when there is any. */
  String query() {
    List<String> parts = new ArrayList<>();
    add(parts, "code", code);
    add(parts, "account", account);
    add(parts, "from", from);
    add(parts, "to", to);
    return "?" + String.join("&", parts);
  }

  private static void add(List<String> parts, String name, @Nullable Object value) {
    if (value != null) {
      parts.add(name + "=" + ServerCalls.encoded(value.toString()));
    }
  }

  /** As a body. */
  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    put(body, "code", code);
    put(body, "account", account);
    put(body, "from", from);
    put(body, "to", to);
    return body;
  }

  private static void put(ObjectNode body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value.toString());
    }
  }
}
