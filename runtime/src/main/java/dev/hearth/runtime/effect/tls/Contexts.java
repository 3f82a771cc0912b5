package dev.hearth.runtime.effect.tls;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes the JDK's TLS contexts. */
final class Contexts {
  private Contexts() {}

  static SSLContext client(TrustManager trust, KeyManager... keys) {
    return make(keys, new TrustManager[] {trust});
  }

  static SSLContext server(KeyManager... keys) {
    return make(keys, new TrustManager[0]);
  }

  private static SSLContext make(KeyManager[] keys, TrustManager[] trust) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has TLS.", e);
    }
  }
}
