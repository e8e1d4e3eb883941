package vellum.ingest.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Says what an option or a parameter takes, to who gave it something else; never what was given,
 * which may be a number. Stateless.
 */
final class WrongValue {

  private WrongValue() {}

  static String line(ArgSpec argument) {
    String name =
        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    return name + " must be " + expected(argument);
  }

  private static String expected(ArgSpec argument) {
    boolean isList = Collection.class.isAssignableFrom(argument.type());
    Class<?> type = isList ? argument.auxiliaryTypes()[0] : argument.type();
    if (type == LocalDate.class) {
      return "a day such as 2026-10-31";
    } else if (type == YearMonth.class) {
      return "a month such as 2026-10";
    } else if (type == Instant.class) {
      return "a time such as 2026-11-20 or 2026-11-20T12:00:00Z (UTC)";
    } else if (type == int.class || type == Integer.class) {
      return "a whole number of at most " + Integer.MAX_VALUE;
    } else if (type == long.class || type == Long.class) {
      return "a whole number of at most " + Long.MAX_VALUE;
    } else if (type == double.class) {
      return "a number such as 0.5";
    } else if (type == Path.class) {
      return "a path";
    } else if (Map.class.isAssignableFrom(type)) {
      return argument.paramLabel();
    } else if (type.isEnum()) {
      return oneOf(type);
    }
    return "another value";
  }

  private static String oneOf(Class<?> type) {
    List<String> names = new ArrayList<>();
    for (Object one : type.getEnumConstants()) {
      names.add(one.toString());
    }
    String last = names.remove(names.size() - 1);
    return names.isEmpty() ? last : String.join(", ", names) + " or " + last;
  }
}
