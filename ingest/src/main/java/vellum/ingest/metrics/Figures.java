package vellum.ingest.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Registers meters that read the last sample. Names are with dots, help is one line.
 *
 * @param <S> what a sample is
 */
final class Figures<S> {

  private final MeterRegistry meters;
  private final Supplier<S> last;

  /**
   * @param last has the last sample; the registry does not keep it alive
   */
  Figures(MeterRegistry meters, Supplier<S> last) {
    this.meters = meters;
    this.last = last;
  }

  MeterRegistry meters() {
    return meters;
  }

  void gauge(String name, String help, ToDoubleFunction<? super S> value) {
    gauge(name, help, Tags.empty(), value);
  }

  private void gauge(String name, String help, Tags tags, ToDoubleFunction<? super S> value) {
    Gauge.builder(name, last, from -> value.applyAsDouble(from.get()))
        .description(help)
        .tags(tags)
        .register(meters);
  }

  /** A gauge for each constant of an enum, under a label. */
  <E extends Enum<E>> void gauges(
      String name, String help, Label<E> label, Function<E, ToDoubleFunction<? super S>> value) {
    for (E one : label.values()) {
      gauge(name, help, Tags.of(label.name(), one.name()), value.apply(one));
    }
  }

  void counter(String name, String help, ToDoubleFunction<? super S> value) {
    counter(name, help, Tags.empty(), value);
  }

  private void counter(String name, String help, Tags tags, ToDoubleFunction<? super S> value) {
    FunctionCounter.builder(name, last, from -> value.applyAsDouble(from.get()))
        .description(help)
        .tags(tags)
        .register(meters);
  }

  /** A counter for each constant of an enum, under a label. */
  <E extends Enum<E>> void counters(
      String name, String help, Label<E> label, Function<E, ToDoubleFunction<? super S>> value) {
    for (E one : label.values()) {
      counter(name, help, Tags.of(label.name(), one.name()), value.apply(one));
    }
  }

  /** A label whose values are the names of an enum, and so bounded. */
  record Label<E extends Enum<E>>(String name, Class<E> type) {

    E[] values() {
      return type.getEnumConstants();
    }
  }
}
