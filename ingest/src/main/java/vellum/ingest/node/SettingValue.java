package vellum.ingest.node;

import java.lang.reflect.RecordComponent;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the configuration spells sizes ({@code 64 MiB}), times ({@code 60s}) and choices. */
final class SettingValue {

  private static final int MOST_SHOWN = 100;
  private static final String EMPTY = "(empty)";
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) *(B|KiB|MiB|GiB|TiB)?");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,12}) *(ms|s|m|min|h|d)");
  private static final Pattern NUMBER = Pattern.compile("[0-9][0-9_]{0,18}");

  private static final Pattern BOUND =
      Pattern.compile(" must be ([0-9]{1,18} to|more than) [0-9]{1,18}: [0-9]{1,18}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private static final Map<String, Integer> SHIFTS =
      Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);
  private static final Map<String, Long> MILLIS =
      Map.of(
          "ms", 1L, "s", 1_000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private SettingValue() {}

  /** Reads a value of a component's type; the message of a refusal says what it must be. */
  static Object parse(RecordComponent component, String text) {
    Class<?> type = component.getType();
    String given = text.strip();
    if (type == int.class) {
      return number(component.getName(), given, Integer.MAX_VALUE).intValue();
    } else if (type == long.class) {
      return number(component.getName(), given, Long.MAX_VALUE);
    } else if (type == Duration.class) {
      return Duration.ofMillis(millis(given));
    } else if (type == Path.class) {
      return path(given);
    } else if (type.isEnum()) {
      return choice(type, given);
    }
    return given;
  }

  /** Spells a value so that {@link #parse} reads it. */
  static String text(String component, Object value) {
    if (value instanceof Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT);
    } else if (value instanceof Duration time) {
      return time(time.toMillis());
    } else if (value instanceof Number number && component.endsWith("Bytes")) {
      return size(number.longValue());
    } else if (value instanceof Number number && component.endsWith("Ms")) {
      return time(number.longValue());
    }
    return value.toString();
  }

  /** Spells the numbers of a bound that a record told, and of the value, as the file has them. */
  static String bound(String component, String message) {
    return BOUND.matcher(message).matches()
        ? DIGITS
            .matcher(message)
            .replaceAll(number -> text(component, Long.parseLong(number.group())))
        : message;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must be a path", e);
    }
  }

  /** A value as a message may show it: its begin, on one line. */
  static String shown(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    String begin = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    return oneLine(begin);
  }

  /** A message about a value, behind which nobody sees a value that is empty. */
  static String oneLine(String message) {
    return message.replaceAll("\\p{Cntrl}", "?") + (message.endsWith(": ") ? EMPTY : "");
  }

  private static Long number(String component, String text, long most) {
    long value;
    if (component.endsWith("Bytes")) {
      value = bytes(text);
    } else if (component.endsWith("Ms") && TIME.matcher(text).matches()) {
      value = millis(text);
    } else if (NUMBER.matcher(text).matches()) {
      value = whole(text.replace("_", ""), text(component, most));
    } else {
      throw new IllegalArgumentException("must be a whole number");
    }
    if (value > most) {
      throw new IllegalArgumentException("must be at most " + text(component, most));
    }
    return value;
  }

  private static long whole(String digits, String most) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be at most " + most, e);
    }
  }

  private static long bytes(String text) {
    Matcher size = SIZE.matcher(text.replace("_", ""));
    if (!size.matches()) {
      throw new IllegalArgumentException("must be a size such as 64 MiB");
    }
    int shift = size.group(2) == null ? 0 : SHIFTS.getOrDefault(size.group(2), 0);
    long value = Long.parseLong(size.group(1));
    if (value > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("must be less than 8 EiB");
    }
    return value << shift;
  }

  private static long millis(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new IllegalArgumentException("must be a time such as 50ms, 60s, 5m or 1h");
    }
    long number = Long.parseLong(time.group(1));
    long unit = MILLIS.getOrDefault(time.group(2), 1L);
    if (number > Long.MAX_VALUE / unit) {
      throw new IllegalArgumentException("must be less than 292 million years");
    }
    return number * unit;
  }

  private static Object choice(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (constant.toString().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "must be one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
  }

  private static String size(long bytes) {
    String[] units = {" B", " KiB", " MiB", " GiB", " TiB"};
    int unit = 0;
    long left = bytes;
    while (unit < units.length - 1 && left > 0 && left % 1024 == 0) {
      left /= 1024;
      unit++;
    }
    return left + units[unit];
  }

  private static String time(long millis) {
    if (millis % 3_600_000 == 0 && millis > 0) {
      return millis / 3_600_000 + "h";
    }
    return millis % 1_000 == 0 && millis > 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
