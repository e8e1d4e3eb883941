package vellum.bench.load;

import java.util.function.UnaryOperator;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.DetailRecord;

/**
 * Messages that are made while they are sent, where a file of them would fill the disk: costs the
 * sender about a microsecond each. Not thread-safe.
 */
final class TrafficStream implements Traffic {

  private final TrafficGenerator generator;
  private final UnaryOperator<DetailRecord> form;
  private byte[] message = {};

  TrafficStream(GeneratorOptions options, UnaryOperator<DetailRecord> form) {
    generator = new TrafficGenerator(options);
    this.form = form;
  }

  @Override
  public int next() {
    if (!generator.next()) {
      return -1;
    }
    message = form.apply(generator.record()).toByteArray();
    return message.length;
  }

  @Override
  public byte[] bytes() {
    return message;
  }
}
