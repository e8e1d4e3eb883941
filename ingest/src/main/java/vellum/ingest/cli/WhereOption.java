package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;

/** Values of dimensions, as totals and the records behind them are filtered by. */
final class WhereOption {

  @Option(
      names = "--cube",
      paramLabel = "CUBE",
      description = "sale: what accounts are charged (default); cost: legs, by supplier.")
  String cube = "sale";

  @Option(
      names = "--where",
      paramLabel = "NAME=VALUE,...",
      description = {
        "Only these values of these dimensions; channel=SMS,VOICE is any of both, currency= is what"
            + " has none. A comma in a value is written \\,."
      })
  List<String> where = new ArrayList<>();

  /** The parameters of a request, each behind an ampersand. */
  String parameters() {
    StringBuilder parameters = new StringBuilder(cube.equals("sale") ? "" : "&cube=");
    parameters.append(cube.equals("sale") ? "" : ServerCalls.encoded(cube));
    values()
        .forEach(
            (name, values) -> {
              for (String value : values) {
                parameters.append('&').append(ServerCalls.encoded(name));
                parameters.append('=').append(ServerCalls.encoded(value));
              }
            });
    return parameters.toString();
  }

  /** Puts cube and values into the query of an export; nothing where nothing is said. */
  void into(ObjectNode query) {
    if (!cube.equals("sale")) {
      query.put("cube", cube);
    }
    Map<String, List<String>> named = values();
    if (!named.isEmpty()) {
      ObjectNode where = query.putObject("where");
      named.forEach(
          (name, values) -> {
            ArrayNode array = where.putArray(name);
            values.forEach(array::add);
          });
    }
  }

  private Map<String, List<String>> values() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String option : where) {
      String name = "";
      for (String part : parts(option)) {
        int equals = part.indexOf('=');
        if (equals == 0 || equals < 0 && name.isEmpty()) {
          throw new CommandFault(
              ExitCode.USAGE, "--where must look like channel=SMS,VOICE,currency=EUR");
        }
        name = equals < 0 ? name : part.substring(0, equals).strip();
        values
            .computeIfAbsent(name, any -> new ArrayList<>())
            .add(part.substring(equals + 1).strip());
      }
    }
    return values;
  }

  /** Splits at commas, but not at those behind a backslash. */
  private static List<String> parts(String option) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < option.length(); i++) {
      char next = option.charAt(i);
      boolean isEscaped = next == '\\' && i + 1 < option.length() && option.charAt(i + 1) == ',';
      if (isEscaped) {
        part.append(',');
        i++;
      } else if (next == ',') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(next);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
