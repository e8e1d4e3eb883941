package vellum.ingest.node;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was given, by setting, with the place where. Later sources replace earlier ones; a key that
 * no section has is refused wherever it comes from. Not thread-safe.
 */
final class Settings {

  private static final String PREFIX = "VELLUM_";
  private static final long MAX_BYTES = 1 << 20;
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, Section<?>> sections = new LinkedHashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, Given> given = new HashMap<>();

  private Settings() {}

  /** A value and where it stands. */
  record Given(String text, String place) {

    /** Begin of a message about a setting: where it stands, and its name, once. */
    String says(String setting) {
      return place.endsWith(setting) ? place : place + ": " + setting;
    }
  }

  static Settings of(List<Section<?>> sections) {
    Settings settings = new Settings();
    for (Section<?> section : sections) {
      settings.sections.put(section.name(), section);
      for (String key : section.keys()) {
        String setting = section.name() + "." + key;
        settings.variables.put(
            PREFIX + setting.replace('.', '_').toUpperCase(Locale.ROOT), setting);
      }
    }
    return settings;
  }

  /** What file, environment and flags give, the later before the earlier. */
  static Settings given(
      List<Section<?>> sections,
      @Nullable Path file,
      Map<String, String> environment,
      List<String> flags) {
    Settings settings = of(sections);
    if (file != null) {
      settings.addFile(file);
    }
    settings.addEnvironment(environment);
    settings.addFlags(flags);
    return settings;
  }

  /** The same with nothing given of these sections. */
  Settings without(Set<String> names) {
    Settings rest = of(List.copyOf(sections.values()));
    given.forEach(
        (setting, one) -> {
          if (!names.contains(setting.substring(0, setting.indexOf('.')))) {
            rest.given.put(setting, one);
          }
        });
    return rest;
  }

  @Nullable Given given(String setting) {
    return given.get(setting);
  }

  /** Reads a file of sections. */
  void addFile(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new NodeException.BadConfig(file + ": must have at most " + MAX_BYTES + " bytes");
      }
      try (JsonParser parser = YAML.createParser(file.toFile())) {
        addFile(file, parser);
      }
    } catch (JsonProcessingException e) {
      throw new NodeException.BadConfig(place(file, e.getLocation()) + ": " + explain(e), e);
    } catch (IOException e) {
      throw new NodeException.BadConfig(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void addFile(Path file, JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    expect(first == JsonToken.START_OBJECT, file, parser, "must be a mapping of sections");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      expect(sections.containsKey(name), file, parser, "unknown section " + name + known());
      JsonToken value = parser.nextToken();
      boolean isEmpty =
          value == JsonToken.VALUE_NULL
              || (value == JsonToken.VALUE_STRING && parser.getText().isEmpty());
      if (!isEmpty) {
        expect(value == JsonToken.START_OBJECT, file, parser, name + " must be a mapping");
        addSection(file, parser, name);
      }
    }
  }

  private void addSection(Path file, JsonParser parser, String section) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String setting = section + "." + parser.currentName();
      expect(isKnown(setting), file, parser, "unknown key " + setting);
      String place = place(file, parser.currentTokenLocation());
      JsonToken value = parser.nextToken();
      expect(
          value.isScalarValue() && value != JsonToken.VALUE_NULL,
          file,
          parser,
          setting + " must have one value");
      given.put(setting, new Given(parser.getText(), place));
    }
  }

  /**
   * Reads variables. Those that begin with a section's name must be settings; others that begin
   * with VELLUM_ are somebody else's (VELLUM_JAVA_OPTS is the launcher's).
   */
  void addEnvironment(Map<String, String> environment) {
    environment.forEach(
        (variable, text) -> {
          String setting = variables.get(variable);
          if (setting != null) {
            given.put(setting, new Given(text, variable));
          } else if (isOfSection(variable)) {
            throw new NodeException.BadConfig("unknown variable " + variable);
          }
        });
  }

  private boolean isOfSection(String variable) {
    return sections.keySet().stream()
        .anyMatch(name -> variable.startsWith(PREFIX + name.toUpperCase(Locale.ROOT) + "_"));
  }

  /** Reads flags, {@code section.key=value}. */
  void addFlags(List<String> flags) {
    for (String flag : flags) {
      int equals = flag.indexOf('=');
      String setting = equals < 0 ? flag : flag.substring(0, equals);
      String place = "--set " + setting;
      if (!isKnown(setting)) {
        throw new NodeException.BadConfig(place + ": unknown key" + known());
      }
      if (equals < 0) {
        throw new NodeException.BadConfig(place + ": must be followed by =VALUE");
      }
      given.put(setting, new Given(flag.substring(equals + 1), place));
    }
  }

  private boolean isKnown(String setting) {
    return variables.containsValue(setting);
  }

  private String known() {
    return "; sections are " + String.join(", ", sections.keySet());
  }

  private static void expect(boolean condition, Path file, JsonParser parser, String otherwise) {
    if (!condition) {
      throw new NodeException.BadConfig(
          place(file, parser.currentTokenLocation()) + ": " + otherwise);
    }
  }

  private static String place(Path file, com.fasterxml.jackson.core.JsonLocation location) {
    return file + " line " + location.getLineNr();
  }

  private static String explain(JsonProcessingException fault) {
    String message = fault.getOriginalMessage();
    return message != null && message.startsWith("Duplicate field")
        ? "a key is given twice"
        : "not valid YAML";
  }
}
