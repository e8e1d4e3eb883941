package vellum.core.access;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import vellum.core.record.BadRecord;
import vellum.core.record.Field;
import vellum.core.record.MessageShape;
import vellum.core.record.TextRule;
import vellum.v1.Hello;

/**
 * The rule of the names that tokens and certificates give. They stand in the audit trail and are
 * names of producers, so they obey the rule of those too: no number, no address of a person.
 */
final class CallerName {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Field PRODUCER =
      MessageShape.of(Hello.getDescriptor()).required(Hello.PRODUCER_FIELD_NUMBER);

  private CallerName() {}

  /**
   * The name itself.
   *
   * @throws AccessException.Invalid when it cannot be one; the message does not repeat it
   */
  static String checked(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new AccessException.Invalid(
          "a name has 1 to 64 of A-Z, a-z, 0-9, point, underscore and hyphen, and begins with a"
              + " letter or digit");
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    try {
      TextRule.check(PRODUCER, bytes, 0, bytes.length);
      return name;
    } catch (BadRecord e) {
      throw new AccessException.Invalid("a name may hold no telephone number");
    }
  }
}
