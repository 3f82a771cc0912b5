package dev.hearth.runtime.effect.tls;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a person needs to see of a certificate to judge it.
 *
 * @param subject whom it names, such as {@code CN=pve.lan}
 * @param issuer who says so; the subject itself when it is self-signed
 * @param names the hosts and addresses it is for
 * @param validFrom the first moment at which it is valid
 * @param validUntil the last one
 * @param fingerprint what to pin
 */
public record PeerCertificate(
    String subject,
    String issuer,
    List<String> names,
    Instant validFrom,
    Instant validUntil,
    Fingerprint fingerprint) {

  public static PeerCertificate of(X509Certificate certificate) {
    return new PeerCertificate(
        certificate.getSubjectX500Principal().getName(),
        certificate.getIssuerX500Principal().getName(),
        names(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        Fingerprint.of(certificate));
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      return alternatives == null
          ? List.of()
          : alternatives.stream()
              .flatMap(name -> Stream.of(name.get(1)))
              .filter(Objects::nonNull)
              .map(Object::toString)
              .toList();
    } catch (CertificateParsingException e) {
      return List.of("names that cannot be read");
    }
  }

  /**
   * Whether an authority that this machine knows vouches for what answers at an address, and for
   * that address. Nothing is sent but the handshake.
   */
  public static boolean isVouchedFor(Net net, NetAddress address) {
    try {
      close(net.connect(address, ClientTls.system(net::userSetting).tls(List.of())), address);
      return true;
    } catch (HearthException e) {
      if (e.code() == TlsError.UNTRUSTED || e.code() == TlsError.WRONG_HOST) {
        return false;
      }
      throw e;
    }
  }

  /**
   * The certificate that answers at an address, whoever issued it. Nothing is sent but the
   * handshake, and nothing is trusted by it: what it says is for a person to compare.
   */
  public static PeerCertificate fetch(Net net, NetAddress address) {
    if (net.isInProcess(address)) {
      throw new HearthException(TlsError.NO_TLS_IN_PROCESS, address);
    }
    var seen = new SeenTrust();
    close(net.connect(address, new Tls(Contexts.client(seen), false)), address);
    return of(seen.leaf());
  }

  private static void close(NetStream stream, NetAddress address) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Closing " + address + " failed.", e);
    }
  }
}
