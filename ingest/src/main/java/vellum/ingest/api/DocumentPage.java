package vellum.ingest.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The API's description as one HTML page: no script, nothing fetched, the browser's own folding.
 * For one use.
 */
final class DocumentPage {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectWriter PRETTY = new ObjectMapper().writerWithDefaultPrettyPrinter();
  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222}
      details{border:1px solid #ccc;border-radius:4px;margin:.4rem 0;padding:.3rem .8rem}
      summary{cursor:pointer}code,pre{font:13px/1.4 ui-monospace,monospace}
      pre{background:#f5f5f5;padding:.6rem;overflow:auto;max-height:24rem}
      table{border-collapse:collapse}td,th{text-align:left;padding:.15rem .8rem .15rem 0;vertical-align:top}
      .m{display:inline-block;min-width:4rem;font-weight:600}
      """;

  private final JsonNode root;
  private final StringBuilder out = new StringBuilder();

  private DocumentPage(JsonNode root) {
    this.root = root;
  }

  static byte[] of(byte[] description) {
    try {
      return new DocumentPage(YAML.readTree(description)).page();
    } catch (IOException e) {
      throw new UncheckedIOException("the API's description is no YAML", e);
    }
  }

  private byte[] page() {
    String title = text(root.at("/info/title"));
    out.append("<!doctype html><html lang=en><meta charset=utf-8><title>")
        .append(title)
        .append("</title><style>")
        .append(STYLE)
        .append("</style><h1>")
        .append(title)
        .append("</h1>");
    prose(root.at("/info/description"));
    out.append("<p><a href=\"/openapi.yaml\">openapi.yaml</a></p>");
    for (JsonNode tag : root.path("tags")) {
      out.append("<h2>").append(text(tag.path("name"))).append("</h2>");
      prose(tag.path("description"));
      operations(tag.path("name").asText());
    }
    out.append("<h2>Schemas</h2>");
    root.at("/components/schemas").properties().forEach(this::schema);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void operations(String tag) {
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> one : path.getValue().properties()) {
        if (METHODS.contains(one.getKey()) && one.getValue().at("/tags/0").asText().equals(tag)) {
          operation(one.getKey(), path.getKey(), one.getValue());
        }
      }
    }
  }

  private void operation(String method, String path, JsonNode operation) {
    out.append("<details id=\"")
        .append(text(operation.path("operationId")))
        .append("\"><summary><span class=m>")
        .append(method.toUpperCase(Locale.ROOT))
        .append("</span><code>")
        .append(escape(path))
        .append("</code> ")
        .append(text(operation.path("summary")))
        .append("</summary>");
    prose(operation.path("description"));
    parameters(operation.path("parameters"));
    JsonNode body = operation.path("requestBody");
    if (!body.isMissingNode()) {
      out.append("<h4>Body</h4>");
      prose(body.path("description"));
      contents(body.path("content"));
    }
    for (Map.Entry<String, JsonNode> answer : operation.path("responses").properties()) {
      JsonNode one = resolved(answer.getValue());
      out.append("<h4>").append(escape(answer.getKey())).append("</h4>");
      prose(one.path("description"));
      contents(one.path("content"));
    }
    out.append("</details>");
  }

  private void parameters(JsonNode parameters) {
    if (parameters.isEmpty()) {
      return;
    }
    out.append("<table><tr><th>parameter<th>in<th>type<th>");
    for (JsonNode reference : parameters) {
      JsonNode one = resolved(reference);
      out.append("<tr><td><code>")
          .append(text(one.path("name")))
          .append("</code>")
          .append(one.path("required").asBoolean() ? " *" : "")
          .append("<td>")
          .append(text(one.path("in")))
          .append("<td>")
          .append(text(one.at("/schema/type")))
          .append("<td>")
          .append(text(one.path("description")));
    }
    out.append("</table>");
  }

  private void contents(JsonNode content) {
    for (Map.Entry<String, JsonNode> type : content.properties()) {
      out.append("<p><code>").append(escape(type.getKey())).append("</code> ");
      String name = type.getValue().at("/schema/$ref").asText();
      if (!name.isEmpty()) {
        String schema = name.substring(name.lastIndexOf('/') + 1);
        out.append("<a href=\"#").append(schema).append("\">").append(schema).append("</a>");
      }
      out.append("</p>");
      for (Map.Entry<String, JsonNode> one : type.getValue().path("examples").properties()) {
        out.append("<p>").append(escape(one.getKey())).append("</p>");
        code(one.getValue().path("value"));
      }
    }
  }

  private void schema(Map.Entry<String, JsonNode> one) {
    out.append("<details id=\"")
        .append(escape(one.getKey()))
        .append("\"><summary>")
        .append(escape(one.getKey()))
        .append("</summary>");
    code(one.getValue());
    out.append("</details>");
  }

  private void code(JsonNode value) {
    try {
      String shown = value.isTextual() ? value.asText() : PRETTY.writeValueAsString(value);
      out.append("<pre>").append(escape(shown)).append("</pre>");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  private void prose(JsonNode text) {
    for (String paragraph : text.asText().split("\n\n")) {
      if (!paragraph.isBlank()) {
        out.append("<p>").append(escape(paragraph)).append("</p>");
      }
    }
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : root.at(reference.substring(1));
  }

  private static String text(JsonNode node) {
    return escape(node.asText());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
