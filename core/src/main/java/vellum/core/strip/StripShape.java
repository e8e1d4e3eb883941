package vellum.core.strip;

import org.jspecify.annotations.Nullable;
import vellum.core.record.Field;
import vellum.core.record.MessageShape;
import vellum.core.seal.BrokenRow;

/** A message of the schema as a table of rules by field number. Immutable. */
final class StripShape {

  private final MessageShape message;
  private final @Nullable StripRule[] rules;
  private final @Nullable StripShape[] inner;

  private StripShape(
      MessageShape message, @Nullable StripRule[] rules, @Nullable StripShape[] inner) {
    this.message = message;
    this.rules = rules;
    this.inner = inner;
  }

  /** Compiles the rules of a message and of those in it. */
  static StripShape of(MessageShape message, StripProfile profile) {
    @Nullable StripRule[] rules = new StripRule[message.highest() + 1];
    @Nullable StripShape[] inner = new StripShape[rules.length];
    for (int number = 1; number < rules.length; number++) {
      Field field = message.field(number);
      if (field != null) {
        rules[number] = profile.rule(message.name() + "." + field.name());
        inner[number] = field.message() == null ? null : of(field.message(), profile);
      }
    }
    return new StripShape(message, rules, inner);
  }

  StripRule rule(int number) {
    StripRule rule = number < rules.length ? rules[number] : null;
    if (rule == null) {
      throw new BrokenRow(message.name() + " has no field " + number);
    }
    return rule;
  }

  StripShape inner(int number) {
    StripShape shape = inner[number];
    if (shape == null) {
      throw new BrokenRow(message.name() + " has no message in field " + number);
    }
    return shape;
  }
}
