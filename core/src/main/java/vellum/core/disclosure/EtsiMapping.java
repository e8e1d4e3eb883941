package vellum.core.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.v1.Channel;

/**
 * Where in an ETSI document each value stands, read from {@code ts102657.yaml}: names are data, and
 * each says whether it was verified. Immutable.
 *
 * @param root element around all
 * @param header lines that stand once
 * @param records elements around the records
 * @param record lines of each record before its payload
 * @param payloads by channel
 * @param tail lines of each record behind its payload
 */
record EtsiMapping(
    String namespace,
    String root,
    List<Line> header,
    List<String> records,
    List<Line> record,
    List<Payload> payloads,
    List<Line> tail) {

  static final String EACH_RECORD = "ResponseRecord";

  private static final int FORMAT = 1;
  private static final String RESOURCE = "ts102657.yaml";
  private static final String ROLE = "{role}";
  private static final String NAME = "[A-Za-z][A-Za-z0-9-]*";

  /** The mapping that is part of the program. */
  static final EtsiMapping STANDARD = load();

  /**
   * An element with a text.
   *
   * @param path names of elements
   * @param value what the text is; see {@link EtsiValue}
   */
  record Line(List<String> path, EtsiValue value, boolean verified) {

    /** The same for a party of a role. */
    Line of(String role) {
      return new Line(
          path.stream().map(each -> each.equals(ROLE) ? role : each).toList(), value, verified);
    }
  }

  /**
   * What a record of some channels is.
   *
   * @param path elements around the parties
   * @param each element of a party
   * @param fields lines of a party, by the party: sender, then recipient
   */
  record Payload(
      Set<Channel> channels, List<String> path, String each, Map<String, List<Line>> fields) {}

  /** What a channel's records are; null when nothing says it. */
  @Nullable Payload payload(Channel channel) {
    return payloads.stream()
        .filter(payload -> payload.channels().contains(channel))
        .findFirst()
        .orElse(null);
  }

  private static EtsiMapping load() {
    try (InputStream in = EtsiMapping.class.getResourceAsStream(RESOURCE)) {
      return read(new YAMLMapper().readTree(Objects.requireNonNull(in, RESOURCE)));
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }

  static EtsiMapping read(JsonNode node) {
    if (node.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException("format of the mapping must be " + FORMAT);
    }
    List<Payload> payloads = new ArrayList<>();
    node.path("payloads").forEach(each -> payloads.add(payload(each)));
    return new EtsiMapping(
        node.path("namespace").asText(),
        path(node.path("root")).get(0),
        lines(node.path("header")),
        path(node.path("records")),
        lines(node.path("record")),
        List.copyOf(payloads),
        lines(node.path("tail")));
  }

  private static Payload payload(JsonNode node) {
    Set<Channel> channels = EnumSet.noneOf(Channel.class);
    node.path("channels").forEach(each -> channels.add(Channel.valueOf(each.asText())));
    JsonNode parties = node.path("parties");
    Map<String, List<Line>> fields = new LinkedHashMap<>();
    parties
        .path("roles")
        .properties()
        .forEach(
            role ->
                fields.put(
                    role.getKey(),
                    lines(node.path("fields")).stream()
                        .map(line -> line.of(role.getValue().asText()))
                        .toList()));
    return new Payload(channels, path(parties), parties.path("each").asText(), fields);
  }

  private static List<Line> lines(JsonNode node) {
    List<Line> lines = new ArrayList<>();
    for (JsonNode each : node) {
      if (!each.path("verified").isBoolean()) {
        throw new IllegalArgumentException("a line of the mapping does not say verified");
      }
      lines.add(
          new Line(
              path(each),
              EtsiValue.of(each.path("value").asText()),
              each.path("verified").asBoolean()));
    }
    return List.copyOf(lines);
  }

  private static List<String> path(JsonNode node) {
    List<String> path = List.of(node.path("path").asText().split("/"));
    for (String each : path) {
      if (!each.equals(ROLE) && !each.matches(NAME)) {
        throw new IllegalArgumentException("no name of an element: " + each);
      }
    }
    return path;
  }
}
