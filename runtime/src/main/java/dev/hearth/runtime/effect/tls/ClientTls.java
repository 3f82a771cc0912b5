package dev.hearth.runtime.effect.tls;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Once;
import dev.hearth.runtime.effect.Tls;
import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How a client secures its streams: whom it believes, and who it says it is. Making one costs
 * nothing; certificates are read and the JDK's TLS is loaded at the first handshake.
 */
public final class ClientTls {
  /** Where Linux distributions and macOS keep the authorities that the owner of the machine set. */
  private static final List<String> SYSTEM_BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/etc/ssl/ca-bundle.pem",
          "/etc/ssl/cert.pem");

  private final Supplier<ServerTrust> trust;
  private final boolean verifyHostname;
  private final Supplier<KeyManager[]> identity;
  private final @Nullable String serverName;
  private @Nullable SSLContext context; // guarded by this

  private ClientTls(
      Supplier<ServerTrust> trust,
      boolean verifyHostname,
      Supplier<KeyManager[]> identity,
      @Nullable String serverName) {
    this.trust = trust;
    this.verifyHostname = verifyHostname;
    this.identity = identity;
    this.serverName = serverName;
  }

  /**
   * Believes the authorities in the file that {@code SSL_CERT_FILE} names; without that variable,
   * those of Java and those of the operating system.
   *
   * @param environment looks up a variable
   */
  public static ClientTls system(Function<String, Optional<String>> environment) {
    return verifying(
        () ->
            environment
                .apply("SSL_CERT_FILE")
                .filter(file -> !file.isBlank())
                .map(file -> List.of(bundle(Path.of(file))))
                .orElseGet(ClientTls::systemAuthorities));
  }

  private static List<Supplier<X509ExtendedTrustManager>> systemAuthorities() {
    var authorities = new ArrayList<Supplier<X509ExtendedTrustManager>>();
    authorities.add(new Once<>(Keys::authoritiesOfJava));
    SYSTEM_BUNDLES.stream()
        .map(Path::of)
        .filter(Files::isReadable)
        .findFirst()
        .ifPresent(file -> authorities.add(bundle(file)));
    return authorities;
  }

  private static Supplier<X509ExtendedTrustManager> bundle(Path file) {
    return new Once<>(() -> Keys.authorities(Pem.certificates(read(file), "`" + file + "`")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new HearthException(TlsError.CERTIFICATES_UNREADABLE, "`" + file + "`").causedBy(e);
    }
  }

  /**
   * Believes these authorities and no others.
   *
   * @param pem one certificate or more
   */
  public static ClientTls authorities(String pem) {
    return verifying(
        () ->
            List.of(
                new Once<>(() -> Keys.authorities(Pem.certificates(pem, "The given authority")))));
  }

  /** Believes one certificate, whoever issued it and whatever host it names. */
  public static ClientTls pinned(Fingerprint fingerprint) {
    return new ClientTls(() -> new PinnedTrust(fingerprint), false, () -> new KeyManager[0], null);
  }

  private static ClientTls verifying(Supplier<List<Supplier<X509ExtendedTrustManager>>> trust) {
    return new ClientTls(() -> new ChainTrust(trust.get()), true, () -> new KeyManager[0], null);
  }

  /**
   * The same, and shows a certificate of its own to servers that ask.
   *
   * @param certificatePem the certificate first, then those that lead to its authority
   * @param keyPem its private key
   */
  public ClientTls identity(String certificatePem, Secret keyPem) {
    var owner = "the client certificate";
    return new ClientTls(
        trust,
        verifyHostname,
        () ->
            Keys.identity(
                Pem.privateKey(keyPem.reveal(), owner),
                Pem.certificates(certificatePem, "The client certificate"),
                owner),
        serverName);
  }

  /**
   * The same, for servers that are called {@code name} in TLS, whatever host they are reached at.
   */
  public ClientTls named(String name) {
    return new ClientTls(trust, verifyHostname, identity, name);
  }

  /**
   * For a stream.
   *
   * @param applicationProtocols what ALPN offers, most wanted first
   */
  public synchronized Tls tls(List<String> applicationProtocols) {
    if (context == null) {
      context = Contexts.client(trust.get(), identity.get());
    }
    return new Tls(context, verifyHostname, applicationProtocols, serverName);
  }
}
