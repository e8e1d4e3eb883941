package vellum.ingest.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the values of options: what is wrong is said in words, with what would be right. A value is
 * never repeated, as it may be a number of somebody.
 */
final class Values {

  private Values() {}

  /** Makes a command line read values so. */
  static void register(CommandLine command) {
    ITypeConverter<Long> longs = reader(Long::valueOf, "a whole number");
    ITypeConverter<Integer> ints = reader(Integer::valueOf, "a whole number below 2,147,483,648");
    command
        .registerConverter(Instant.class, new Moments())
        .registerConverter(YearMonth.class, reader(YearMonth::parse, "a month: say 2026-10"))
        .registerConverter(LocalDate.class, reader(LocalDate::parse, "a day: say 2026-10-31"))
        .registerConverter(Long.class, longs)
        .registerConverter(long.class, longs)
        .registerConverter(Integer.class, ints)
        .registerConverter(int.class, ints);
  }

  private static <T> ITypeConverter<T> reader(Function<String, T> parse, String right) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (DateTimeException | NumberFormatException e) {
        throw new TypeConversionException("not " + right);
      }
    };
  }
}
