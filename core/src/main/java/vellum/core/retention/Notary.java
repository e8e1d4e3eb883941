package vellum.core.retention;

/** Port: signs what a certificate says. Thread-safe. */
@FunctionalInterface
public interface Notary {

  /**
   * Signs.
   *
   * @param content JSON of {@link Evidence}
   * @return CMS signed data with the content inside, DER
   */
  byte[] sign(byte[] content);
}
