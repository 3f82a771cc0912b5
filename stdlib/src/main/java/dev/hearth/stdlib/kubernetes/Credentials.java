package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.http.HttpHeaders;
import dev.hearth.runtime.secret.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request is signed with. Safe from any thread. */
final class Credentials {
  /** How long a token from a file is taken without a look at the file; a kubelet renews early. */
  private static final Duration TOKEN_AGE = Duration.ofSeconds(10);

  private final Target target;
  private final Effects effects;
  private final @Nullable PluginLogin plugin;
  private @Nullable String fileToken; // guarded by this
  private Instant fileRead = Instant.MIN; // guarded by this

  Credentials(Target target, Effects effects) {
    this.target = target;
    this.effects = effects;
    this.plugin =
        target.login().exec() == null
            ? null
            : new PluginLogin(target.login().exec(), target, effects);
  }

  /** Who is shown by TLS, if anybody. */
  record Certificate(String pem, Secret key) {
    /** When it ends; never where it cannot be read, which is told when it is shown. */
    private Instant end() {
      int begin = Math.max(0, pem.indexOf("-----BEGIN CERTIFICATE"));
      var bytes = pem.substring(begin).getBytes(StandardCharsets.US_ASCII);
      try {
        return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes))
                instanceof X509Certificate certificate
            ? certificate.getNotAfter().toInstant()
            : Instant.MAX;
      } catch (CertificateException e) {
        return Instant.MAX;
      }
    }
  }

  /** The headers of a request with who sends it. */
  HttpHeaders sign(HttpHeaders headers) {
    var signed = headers;
    var token = token();
    if (token.isPresent()) {
      signed = signed.with("Authorization", bearer(token.get()));
    } else if (target.login().username() != null && target.login().password() != null) {
      var pair = target.login().username() + ":" + target.login().password().reveal();
      var coded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      signed = signed.with("Authorization", "Basic " + coded);
    }
    return impersonating(signed);
  }

  private HttpHeaders impersonating(HttpHeaders headers) {
    var as = target.as();
    if (as == null) {
      return headers;
    }
    var named = headers.with("Impersonate-User", as.user());
    if (as.uid() != null) {
      named = named.with("Impersonate-Uid", as.uid());
    }
    for (var group : as.groups()) {
      named = named.and("Impersonate-Group", group);
    }
    for (var extra : as.extra().entrySet()) {
      for (var value : extra.getValue()) {
        named = named.and("Impersonate-Extra-" + ApiPath.encoded(extra.getKey()), value);
      }
    }
    return named;
  }

  private Optional<String> token() {
    var login = target.login();
    if (login.tokenFile() != null) {
      return Optional.of(tokenFromFile(login.tokenFile()));
    }
    if (login.token() != null) {
      return Optional.of(login.token().reveal().strip());
    }
    return plugin == null ? Optional.empty() : plugin.token();
  }

  private synchronized String tokenFromFile(String file) {
    var now = effects.clock().now();
    var known = fileToken;
    if (known == null || fileRead.plus(TOKEN_AGE).isBefore(now)) {
      known = effects.files().readText(Path.of(file)).strip();
      fileToken = known;
      fileRead = now;
    }
    return known;
  }

  Optional<Certificate> certificate() {
    var login = target.login();
    if (login.clientCertificate() != null && login.clientKey() != null) {
      return Optional.of(new Certificate(login.clientCertificate(), login.clientKey()));
    }
    return plugin == null ? Optional.empty() : plugin.certificate();
  }

  /** Since when the certificate is over that is shown; empty where it holds, or there is none. */
  Optional<Instant> expired() {
    return certificate().map(Certificate::end).filter(end -> end.isBefore(effects.clock().now()));
  }

  /**
   * The server said no; whether there are other credentials by now. Several calls may hear it of
   * the same ones at once.
   *
   * @param refused the {@code Authorization} that it did not take; empty for none
   */
  boolean refresh(String refused) {
    var login = target.login();
    if (login.tokenFile() != null) {
      synchronized (this) {
        if (fileToken != null && bearer(fileToken).equals(refused)) {
          fileToken = null;
        }
        return !bearer(tokenFromFile(login.tokenFile())).equals(refused);
      }
    }
    if (plugin == null || login.token() != null) {
      return false;
    }
    plugin.forget(refused);
    return true;
  }

  /** A token as the value of {@code Authorization}. */
  static String bearer(String token) {
    return "Bearer " + token;
  }
}
