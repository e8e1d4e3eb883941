package vellum.core.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the registry: JSON, numbered by format, keyed by the id in UTF-8. Thread-safe.
 *
 * <pre>{@code
 * {"format":1,"account":{"id":"…","terms":[{"from":"2026-01-01T00:00:00Z",…}],…}}
 * {"format":1,"supplier":{"id":"…","terms":[…]}}
 * }</pre>
 */
final class RegistryRows {

  /** The format written. All from 1 to it are read. */
  static final int FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A row of either table. */
  record Row(int format, @Nullable AccountEntry account, @Nullable SupplierEntry supplier) {}

  /** The format alone, read first: a newer row may have fields that this version does not know. */
  private record Numbered(int format) {}

  private RegistryRows() {}

  static byte[] key(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] write(Account account) {
    return write(new Row(FORMAT, AccountEntry.of(account), null));
  }

  static byte[] write(Supplier supplier) {
    return write(new Row(FORMAT, null, SupplierEntry.of(supplier)));
  }

  static Account readAccount(byte[] row) {
    try {
      return Entries.required("account", read(row).account()).toAccount();
    } catch (IllegalArgumentException e) {
      throw new RegistryException.Corrupt("a row of table accounts is not readable", e);
    }
  }

  static Supplier readSupplier(byte[] row) {
    try {
      return Entries.required("supplier", read(row).supplier()).toSupplier();
    } catch (IllegalArgumentException e) {
      throw new RegistryException.Corrupt("a row of table suppliers is not readable", e);
    }
  }

  private static Row read(byte[] row) {
    try {
      int format =
          MAPPER
              .readerFor(Numbered.class)
              .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .<Numbered>readValue(row)
              .format();
      if (format > FORMAT) {
        throw new RegistryException.WrongFormat(
            "a row has format " + format + ", this version reads 1 to " + FORMAT);
      }
      return MAPPER.readValue(row, Row.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a row", e);
    }
  }

  private static byte[] write(Row row) {
    try {
      return MAPPER.writeValueAsBytes(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of strings and numbers can be written", e);
    }
  }
}
