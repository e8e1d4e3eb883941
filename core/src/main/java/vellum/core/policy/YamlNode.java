package vellum.core.policy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * A piece of a YAML document that knows its line and its place, so that a fault can be named. Texts
 * are as they stand in the file, whatever type YAML would make of them. Immutable.
 */
sealed interface YamlNode {

  /** Line of the file, from 1; of a value, the line of its key. */
  int line();

  /** The way to it, as {@code classes[1].zone}. */
  String place();

  /** A value; of a key without one, the empty text. */
  record Text(int line, String place, String value) implements YamlNode {}

  record Items(int line, String place, List<YamlNode> items) implements YamlNode {}

  /** Keys in the order of the file. */
  record Keys(int line, String place, Map<String, YamlNode> values) implements YamlNode {}

  /** Reads the one document of a file. */
  static YamlNode read(String yaml) {
    return new Reader().read(yaml);
  }

  /** A key as messages may show it. */
  static String safe(String key) {
    return Reader.SAFE_KEY.matcher(key).matches() ? key : "?";
  }

  /** Builds the tree from the parser's events. Not thread-safe. */
  final class Reader {
    private static final Pattern SAFE_KEY = Pattern.compile("[A-Za-z_-]{1,40}");
    private static final int MAX_DEPTH = 10;
    private static final int MAX_NODES = 200_000;
    private static final YAMLFactory FACTORY = factory();

    private int nodes;

    private YamlNode read(String yaml) {
      try (YAMLParser parser = FACTORY.createParser(yaml)) {
        if (parser.nextToken() == null) {
          throw new PolicyException.Invalid(1, "", "file must be a mapping, and is empty");
        }
        YamlNode root = node(parser, parser.currentTokenLocation().getLineNr(), "");
        if (parser.nextToken() != null) {
          throw new PolicyException.Invalid(line(parser), "", "file must hold one document");
        }
        return root;
      } catch (JsonProcessingException e) {
        int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
        throw new PolicyException.Invalid(line, "", "not valid YAML");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private YamlNode node(YAMLParser parser, int line, String place) throws IOException {
      if (++nodes > MAX_NODES) {
        throw new PolicyException.Invalid(
            line, place, "file must have at most " + MAX_NODES + " values");
      }
      if (parser.isCurrentAlias() || parser.getObjectId() != null) {
        throw new PolicyException.Invalid(line, place, "aliases and anchors of YAML are not used");
      }
      return switch (parser.currentToken()) {
        case START_OBJECT -> keys(parser, line, place);
        case START_ARRAY -> items(parser, line, place);
        case VALUE_NULL -> new Text(line, place, "");
        default -> new Text(line, place, parser.getText());
      };
    }

    private Keys keys(YAMLParser parser, int line, String place) throws IOException {
      Map<String, YamlNode> values = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        int keyLine = line(parser);
        String below = (place.isEmpty() ? "" : place + ".") + safe(key);
        parser.nextToken();
        if (values.put(key, node(parser, keyLine, below)) != null) {
          throw new PolicyException.Invalid(keyLine, below, "key is given twice");
        }
      }
      return new Keys(line, place, values);
    }

    private Items items(YAMLParser parser, int line, String place) throws IOException {
      List<YamlNode> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(parser, line(parser), place + "[" + items.size() + "]"));
      }
      return new Items(line, place, items);
    }

    private static int line(JsonParser parser) {
      return parser.currentTokenLocation().getLineNr();
    }

    private static YAMLFactory factory() {
      LoaderOptions limits = new LoaderOptions();
      limits.setCodePointLimit(RetentionPolicy.MAX_BYTES);
      limits.setNestingDepthLimit(MAX_DEPTH);
      return YAMLFactory.builder().loaderOptions(limits).build();
    }
  }
}
