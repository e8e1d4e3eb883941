package vellum.ingest.tls;

/** Whether a server asks those who connect for a certificate. */
public enum ClientCertificates {
  /** It does not ask. */
  NONE,
  /** It asks; who shows none has to bring a token. */
  WANTED,
  /** Who shows none is not let in. */
  REQUIRED
}
