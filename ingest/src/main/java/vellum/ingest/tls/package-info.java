/**
 * TLS for both servers and for those who call them: PEM files read and checked ({@link
 * vellum.ingest.tls.PemFile}, {@link vellum.ingest.tls.TlsIdentity}), a server's certificate that
 * follows its files ({@link vellum.ingest.tls.ServerTls}), a client's trust ({@link
 * vellum.ingest.tls.ClientTls}), and what the other side's certificate says ({@link
 * vellum.ingest.tls.PeerNames}). Knows no record, no store and no BouncyCastle: producers load it.
 */
@NullMarked
package vellum.ingest.tls;

import org.jspecify.annotations.NullMarked;
