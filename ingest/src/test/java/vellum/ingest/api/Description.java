package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The API's description as tests read it: operations, their examples, schemas that check. */
final class Description {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final JsonNode root;
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  Description(byte[] yaml) throws IOException {
    root = YAML.readTree(yaml);
  }

  /** An operation; path and method as in the description. */
  record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {

    String name() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    String id() {
      return node.path("operationId").asText();
    }

    /** Names of examples; one without a name when there are none. */
    Set<String> examples() {
      Set<String> names = new LinkedHashSet<>();
      parameters.forEach(one -> one.path("examples").fieldNames().forEachRemaining(names::add));
      node.at("/requestBody/content")
          .forEach(one -> one.path("examples").fieldNames().forEachRemaining(names::add));
      return names.isEmpty() ? Set.of("") : names;
    }

    /** The status that an example is answered with. */
    String status(String example) {
      for (Map.Entry<String, JsonNode> answer : node.path("responses").properties()) {
        for (JsonNode content : answer.getValue().path("content")) {
          if (content.path("examples").has(example)) {
            return answer.getKey();
          }
        }
      }
      return node.path("responses").properties().iterator().next().getKey();
    }
  }

  /** Operations in the order of the description. */
  List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> one : path.getValue().properties()) {
        if (METHODS.contains(one.getKey())) {
          List<JsonNode> parameters = new ArrayList<>();
          path.getValue().path("parameters").forEach(each -> parameters.add(resolved(each)));
          one.getValue().path("parameters").forEach(each -> parameters.add(resolved(each)));
          all.add(new Operation(one.getKey(), path.getKey(), one.getValue(), parameters));
        }
      }
    }
    return all;
  }

  /** What stands for a reference. */
  JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : root.at(reference.substring(1));
  }

  /** Contents of an answer by media type. */
  Map<String, JsonNode> contents(Operation operation, String status) {
    Map<String, JsonNode> contents = new LinkedHashMap<>();
    resolved(operation.node().path("responses").path(status))
        .path("content")
        .properties()
        .forEach(one -> contents.put(one.getKey(), one.getValue()));
    return contents;
  }

  /** What is wrong with a value, by a schema; empty when nothing is. */
  Set<ValidationMessage> faults(JsonNode schema, JsonNode value) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", root.path("components"));
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    return schemas.getSchema(whole, config).validate(value);
  }
}
