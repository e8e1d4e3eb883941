package vellum.core.registry;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * A file of accounts and suppliers, read entry by entry and kept only when all of it is right. Not
 * thread-safe; read once. {@code config/accounts.yaml} documents the format.
 */
final class RegistryFile {

  /** Most bytes of a file. */
  static final int MAX_BYTES = 256 << 20;

  private static final int MAX_DEPTH = 10;
  private static final Pattern SAFE_KEY = Pattern.compile("[A-Za-z_-]{1,40}");
  private static final YAMLMapper MAPPER = mapper();

  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<String, Supplier> suppliers = new LinkedHashMap<>();

  private RegistryFile() {}

  /**
   * Reads a file; does not close it.
   *
   * @throws RegistryException.Invalid with line and field of the first fault
   * @throws RegistryException.WrongFormat when the file's format is newer
   */
  static RegistryFile read(InputStream in) {
    RegistryFile file = new RegistryFile();
    try (JsonParser parser = MAPPER.createParser(new BoundedInput(in, MAX_BYTES))) {
      file.read(parser);
      return file;
    } catch (JsonProcessingException e) {
      throw new RegistryException.Invalid(line(e.getLocation()) + explain(e), e);
    } catch (BoundedInput.TooLong e) {
      throw new RegistryException.Invalid("file must have at most " + MAX_BYTES + " bytes", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Account> accounts() {
    return accounts;
  }

  Map<String, Supplier> suppliers() {
    return suppliers;
  }

  private void read(JsonParser parser) throws IOException {
    expect(parser.nextToken() == JsonToken.START_OBJECT, parser, "file must be a mapping");
    boolean numbered = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      expect(numbered || key.equals("format"), parser, "format must come first");
      parser.nextToken();
      switch (key) {
        case "format" -> {
          checkFormat(parser);
          numbered = true;
        }
        case "accounts" -> each(parser, AccountEntry.class, this::add);
        case "suppliers" -> each(parser, SupplierEntry.class, this::add);
        default -> throw invalid(parser.currentLocation(), "unknown key" + quoted(key));
      }
    }
    expect(numbered, parser, "format is missing");
    expect(parser.nextToken() == null, parser, "file must hold one document");
  }

  private static void checkFormat(JsonParser parser) throws IOException {
    expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, parser, "format must be a number");
    int format = parser.getIntValue();
    expect(format >= 1, parser, "format must be at least 1");
    if (format > RegistryRows.FORMAT) {
      throw new RegistryException.WrongFormat(
          "file has format " + format + ", this version reads 1 to " + RegistryRows.FORMAT);
    }
  }

  private static <T> void each(JsonParser parser, Class<T> type, Consumer<T> add)
      throws IOException {
    String list = parser.currentName();
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(parser.currentToken() == JsonToken.START_ARRAY, parser, list + " must be a list");
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      String place = list + "[" + i + "]";
      JsonLocation start = parser.currentTokenLocation();
      expect(parser.currentToken() == JsonToken.START_OBJECT, parser, place + " must be a mapping");
      try {
        add.accept(MAPPER.readValue(parser, type));
      } catch (IllegalArgumentException e) {
        throw new RegistryException.Invalid(line(start) + place + ": " + e.getMessage(), e);
      } catch (JsonMappingException e) {
        throw new RegistryException.Invalid(line(e.getLocation()) + place + "." + explain(e), e);
      }
    }
  }

  private void add(AccountEntry entry) {
    Account account = entry.toAccount();
    if (accounts.put(account.id().value(), account) != null) {
      throw new IllegalArgumentException("id is used by an earlier account of the file");
    }
  }

  private void add(SupplierEntry entry) {
    Supplier supplier = entry.toSupplier();
    if (suppliers.put(supplier.id(), supplier) != null) {
      throw new IllegalArgumentException("id is used by an earlier supplier of the file");
    }
  }

  private static void expect(boolean condition, JsonParser parser, String otherwise) {
    if (!condition) {
      throw invalid(parser.currentTokenLocation(), otherwise);
    }
  }

  private static RegistryException.Invalid invalid(JsonLocation location, String message) {
    return new RegistryException.Invalid(line(location) + message, null);
  }

  private static String line(JsonLocation location) {
    return "line " + location.getLineNr() + ": ";
  }

  /** Says what is wrong without the parser's own words, which may hold values of the file. */
  private static String explain(JsonProcessingException fault) {
    if (fault instanceof PropertyBindingException unknown) {
      return path(unknown) + ": unknown key";
    }
    if (fault instanceof JsonMappingException kind) {
      return path(kind) + ": wrong kind of value";
    }
    String message = fault.getOriginalMessage();
    return message != null && message.startsWith("Duplicate field")
        ? "a key is given twice"
        : "not valid YAML";
  }

  private static String path(JsonMappingException fault) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : fault.getPath()) {
      String key = step.getFieldName();
      if (key == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(SAFE_KEY.matcher(key).matches() ? key : "?");
      }
    }
    return path.toString();
  }

  private static String quoted(String key) {
    return SAFE_KEY.matcher(key).matches() ? ": " + key : "";
  }

  private static YAMLMapper mapper() {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_BYTES);
    limits.setNestingDepthLimit(MAX_DEPTH);
    return YAMLMapper.builder(
            YAMLFactory.builder()
                .loaderOptions(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .build();
  }
}
