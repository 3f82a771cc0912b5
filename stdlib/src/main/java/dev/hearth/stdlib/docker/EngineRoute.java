package dev.hearth.stdlib.docker;

import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.effect.tls.ClientTls;
import dev.hearth.runtime.effect.tls.Fingerprint;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The way to an engine.
 *
 * @param http the client that goes there
 * @param base what URLs begin with
 * @param place where it is, for messages
 */
record EngineRoute(Http http, String base, String place) {
  /** Each container that is followed takes one: more than a recipe follows at a time. */
  private static final int AT_ONCE = 1024;

  private static final HttpOptions OPTIONS = HttpOptions.usual().perHost(AT_ONCE).redirects(0);

  /** Of a completed connection; reads the files of TLS. */
  static EngineRoute of(Connection connection, OpContext context) {
    var found = EngineConfiguration.of(connection);
    var place = found.address().toString();
    return switch (found.address()) {
      case EngineAddress.Unix(var socket) ->
          new EngineRoute(
              // Such a socket costs nothing to open, and one kept could be of an engine that is
              // gone.
              Http.overUnix(context.effects().net(), socket, OPTIONS.idle(0)),
              "http://docker",
              place);
      case EngineAddress.Tcp(var address, _) -> {
        var tls = tls(found, context.effects());
        var base = (tls.isPresent() || found.isSecure() ? "https://" : "http://") + address;
        var options = tls.map(OPTIONS::tls).orElse(OPTIONS);
        yield new EngineRoute(Http.over(context.effects().net(), options), base, place);
      }
      case EngineAddress.Ssh _ -> {
        var dials = context.forRun(SshDials.class, SshDials::new);
        var dial = dials.to(connection, found, context);
        yield new EngineRoute(
            Http.overUnix(dial, Path.of("/docker.sock"), OPTIONS), "http://docker", place);
      }
    };
  }

  private static Optional<ClientTls> tls(EngineConfiguration found, Effects effects) {
    var files = effects.files();
    var identity = found.certificates();
    var pinned = found.fingerprint().map(text -> ClientTls.pinned(Fingerprint.parse(text)));
    var trust =
        pinned.or(
            () ->
                identity
                    .filter(all -> files.exists(all.ca()))
                    .map(all -> ClientTls.authorities(files.readText(all.ca()))));
    return trust
        .or(() -> identity.map(_ -> ClientTls.system(effects.net()::userSetting)))
        .map(
            tls ->
                identity
                    .filter(all -> files.exists(all.cert()))
                    .map(
                        all ->
                            tls.identity(
                                files.readText(all.cert()), Secret.of(files.readText(all.key()))))
                    .orElse(tls));
  }
}
