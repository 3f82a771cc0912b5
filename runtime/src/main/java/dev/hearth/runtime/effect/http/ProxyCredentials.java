package dev.hearth.runtime.effect.http;

import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Says once who we are, to the proxy only. A record, because OkHttp shares connections between
 * clients whose authenticators are equal.
 */
record ProxyCredentials(String basic) implements Authenticator {
  private static final String HEADER = "Proxy-Authorization";

  static Optional<ProxyCredentials> of(Proxies.Proxy proxy) {
    return proxy.user().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ProxyCredentials(Credentials.basic(proxy.user(), proxy.password().reveal())));
  }

  Request addTo(Request request) {
    return request.newBuilder().header(HEADER, basic).build();
  }

  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response) {
    boolean refused = response.request().header(HEADER) != null;
    return refused ? null : addTo(response.request());
  }

  @Override
  public String toString() {
    return "***";
  }
}
