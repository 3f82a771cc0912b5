package dev.hearth.runtime.effect.tls;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Turns certificates and keys into what the JDK's TLS wants of them. */
final class Keys {
  private static final char[] IN_MEMORY_ONLY = new char[0];

  private Keys() {}

  /** Who we say we are: a key, and its certificate with those that lead to its authority. */
  static KeyManager[] identity(PrivateKey key, List<X509Certificate> chain, String owner) {
    try {
      var store = empty();
      store.setKeyEntry("me", key, IN_MEMORY_ONLY, chain.toArray(X509Certificate[]::new));
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, IN_MEMORY_ONLY);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new HearthException(TlsError.KEY_UNREADABLE, owner).causedBy(e);
    }
  }

  /** Belief in these authorities only. */
  static X509ExtendedTrustManager authorities(List<X509Certificate> certificates) {
    try {
      var store = empty();
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("authority" + i, certificates.get(i));
      }
      return trust(store);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A store in memory takes every certificate.", e);
    }
  }

  /** Belief in the authorities that came with Java. */
  static X509ExtendedTrustManager authoritiesOfJava() {
    try {
      return trust(null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java's own certificates cannot be read.", e);
    }
  }

  private static X509ExtendedTrustManager trust(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new IllegalStateException("An empty store is read from nowhere.", e);
    }
  }
}
