package vellum.core.order;

import java.util.Locale;
import java.util.Optional;

/** What of a record an order lets out; a class of the schema. Stored by {@link #text}. */
public enum GrantedClass {
  ROUTING,
  BILLING,
  IDENTITY,
  CONTENT,
  USAGE,
  FREE_TEXT;

  /** In lower case, as documents and interfaces say it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class of a text, if there is one. */
  public static Optional<GrantedClass> of(String text) {
    for (GrantedClass one : values()) {
      if (one.text().equals(text)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
