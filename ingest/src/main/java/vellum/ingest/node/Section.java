package vellum.ingest.node;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A section of the configuration: the settings of one configuration record, a key for each
 * component ({@code ringBytes} is {@code ring_bytes}). The record checks the values, so that bounds
 * stand in one place: the message of its refusal begins with the component, says the bound and then
 * the value, and is told with the setting in the component's place. Immutable.
 */
final class Section<T extends Record> {

  private final String name;
  private final Class<T> type;
  private final Map<String, RecordComponent> components = new LinkedHashMap<>();

  Section(String name, Class<T> type) {
    this.name = name;
    this.type = type;
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(snakeCase(component.getName()), component);
    }
  }

  String name() {
    return name;
  }

  /** Keys in the order of the components. */
  List<String> keys() {
    return List.copyOf(components.keySet());
  }

  /** The record with what is given, and the defaults elsewhere. */
  T read(Settings settings, T defaults) {
    return make(values(settings, (key, component) -> value(component, defaults)), settings);
  }

  /** What is wrong with what is given of this section, the first of it; empty when nothing is. */
  Optional<String> problem(Settings settings, Map<String, String> defaults) {
    try {
      make(values(settings, (key, component) -> standard(key, component, defaults)), settings);
      return Optional.empty();
    } catch (NodeException.BadConfig e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Object standard(String key, RecordComponent component, Map<String, String> defaults) {
    String text = defaults.getOrDefault(name + "." + key, "");
    return parse(key, component, new Settings.Given(text, "default"));
  }

  private @Nullable Object[] values(
      Settings settings, BiFunction<String, RecordComponent, Object> otherwise) {
    @Nullable Object[] values = new Object[components.size()];
    int place = 0;
    for (Map.Entry<String, RecordComponent> entry : components.entrySet()) {
      String key = entry.getKey();
      Settings.Given given = settings.given(name + "." + key);
      values[place++] =
          given == null
              ? otherwise.apply(key, entry.getValue())
              : parse(key, entry.getValue(), given);
    }
    return values;
  }

  /** Puts each setting's value, as the file may spell it. */
  void write(T record, Map<String, String> all) {
    components.forEach(
        (key, component) ->
            all.put(
                name + "." + key,
                SettingValue.text(component.getName(), value(component, record))));
  }

  private Object parse(String key, RecordComponent component, Settings.Given given) {
    try {
      return SettingValue.parse(component, given.text());
    } catch (IllegalArgumentException e) {
      throw new NodeException.BadConfig(
          given.says(name + "." + key)
              + " "
              + e.getMessage()
              + ": "
              + SettingValue.shown(given.text()),
          e);
    }
  }

  private T make(@Nullable Object[] values, Settings settings) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused(refused, settings);
      }
      throw new IllegalStateException("section " + name + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("section " + name + " cannot be made", e);
    }
  }

  /**
   * Says the setting, and where it stands, in place of the component whose name the record's
   * message begins with.
   */
  private NodeException.BadConfig refused(IllegalArgumentException cause, Settings settings) {
    String message = String.valueOf(cause.getMessage());
    int end = Math.max(0, message.indexOf(' '));
    String component = letters(message.substring(0, end));
    for (Map.Entry<String, RecordComponent> entry : components.entrySet()) {
      String key = entry.getKey();
      if (letters(key).equals(component)) {
        String setting = name + "." + key;
        Settings.Given given = settings.given(setting);
        String rest =
            SettingValue.oneLine(
                SettingValue.bound(entry.getValue().getName(), message.substring(end)));
        return new NodeException.BadConfig(
            given == null ? setting + rest + " (the default)" : given.says(setting) + rest, cause);
      }
    }
    return new NodeException.BadConfig("section " + name + ": " + message, cause);
  }

  private static Object value(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("configuration records are public", e);
    }
  }

  private static String letters(String text) {
    return text.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
