package vellum.bench.load;

import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;

/**
 * Messages that are made while they are sent, where a file of them would fill the disk: costs the
 * sender about a microsecond each. Not thread-safe.
 */
final class TrafficStream implements Traffic {

  private final TrafficGenerator generator;
  private byte[] message = {};

  TrafficStream(GeneratorOptions options) {
    generator = new TrafficGenerator(options);
  }

  @Override
  public int next() {
    if (!generator.next()) {
      return -1;
    }
    message = generator.record().toByteArray();
    return message.length;
  }

  @Override
  public byte[] bytes() {
    return message;
  }
}
