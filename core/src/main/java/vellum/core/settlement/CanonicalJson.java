package vellum.core.settlement;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vellum.core.record.JsonString;

/**
 * JSON in one way only: keys in the order of their characters, no spaces, UTF-8, nothing escaped
 * that need not be (RFC 8259, section 7), whole numbers only, one line feed at the end. Written
 * here, since the bytes of a statement must not depend on a library's version.
 */
final class CanonicalJson {

  private final StringBuilder out = new StringBuilder(4096);

  private CanonicalJson() {}

  /** The bytes of a tree of maps, lists, texts, whole numbers and nulls. */
  static byte[] write(Map<String, ?> root) {
    CanonicalJson json = new CanonicalJson();
    json.object(root);
    json.out.append('\n');
    return json.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void value(Object value) {
    if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof List<?> list) {
      array(list);
    } else if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
      out.append(value);
    } else if (value instanceof String text) {
      JsonString.append(out, text);
    } else {
      throw new IllegalArgumentException("no JSON of " + value.getClass());
    }
  }

  private void object(Map<?, ?> map) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    out.append('{');
    String gap = "";
    for (Map.Entry<String, Object> field : sorted.entrySet()) {
      out.append(gap);
      JsonString.append(out, field.getKey());
      out.append(':');
      value(field.getValue());
      gap = ",";
    }
    out.append('}');
  }

  private void array(List<?> list) {
    out.append('[');
    String gap = "";
    for (Object each : list) {
      out.append(gap);
      value(each);
      gap = ",";
    }
    out.append(']');
  }
}
