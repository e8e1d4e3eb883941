package vellum.ingest.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Certificates and keys in the forms that Java's TLS asks for. Stateless. */
final class JavaContexts {

  /** Of a store that lives for a call. */
  private static final char[] PASSWORD = {'m', 'e', 'm', 'o', 'r', 'y'};

  private JavaContexts() {}

  static SSLContext of(X509ExtendedTrustManager trust, @Nullable TlsIdentity own)
      throws GeneralSecurityException {
    KeyManager[] keys = own == null ? new KeyManager[0] : keyManagers(own);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {trust}, null);
    return context;
  }

  /** Believes these authorities. */
  static X509ExtendedTrustManager trusting(List<X509Certificate> authorities)
      throws GeneralSecurityException {
    KeyStore store = emptyStore();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    return trust(store);
  }

  /** Believes the authorities that Java comes with. */
  static X509ExtendedTrustManager trustingSystem() throws GeneralSecurityException {
    return trust(null);
  }

  private static X509ExtendedTrustManager trust(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new IllegalStateException("every Java checks X.509");
  }

  private static KeyManager[] keyManagers(TlsIdentity own) throws GeneralSecurityException {
    KeyStore store = emptyStore();
    store.setKeyEntry("own", own.key(), PASSWORD, own.chain().toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException("an empty store is read from nowhere", e);
    }
    return store;
  }
}
