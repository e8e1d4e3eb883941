package vellum.core.journal;

/**
 * A sequence of records of its own: one connection's worth of one process of one producer.
 *
 * @param producer name of the sending system, 1 to 64 bytes of UTF-8
 * @param instance name of its process (a pod's), 1 to 64 bytes of UTF-8
 * @param stream number of the parallel stream, 0 to 65535
 */
public record StreamId(String producer, String instance, int stream) {

  private static final int MAX_NAME = 64;
  private static final int MAX_STREAM = 65_535;

  public StreamId {
    if (isBadName(producer) || isBadName(instance)) {
      throw new IllegalArgumentException(
          "producer and instance must have 1 to " + MAX_NAME + " bytes");
    }
    if (stream < 0 || stream > MAX_STREAM) {
      throw new IllegalArgumentException("stream must be 0 to " + MAX_STREAM + ": " + stream);
    }
  }

  private static boolean isBadName(String name) {
    return name.isEmpty()
        || name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_NAME;
  }

  @Override
  public String toString() {
    return producer + "/" + instance + "/" + stream;
  }
}
