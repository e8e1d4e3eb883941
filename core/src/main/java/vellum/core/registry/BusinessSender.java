package vellum.core.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A number, address, sender id or short code that is a business's own for a time.
 *
 * @param value canonical: {@code +} and 7 to 15 digits, a short code of 3 to 6 digits, 1 to 11
 *     characters with a letter, or an e-mail address in lower case
 * @param from when it became the business's
 * @param until when it ceased to be, exclusive; null while it has not
 */
public record BusinessSender(String value, Instant from, @Nullable Instant until) {

  public BusinessSender {
    SenderForm.sender("value", value);
    Micros.check("from", from);
    if (until != null && !Micros.check("until", until).isAfter(from)) {
      throw new IllegalArgumentException("until must be after from: " + from + " to " + until);
    }
  }

  @Override
  public String toString() {
    return "BusinessSender[from=" + from + ", until=" + until + "]";
  }
}
