package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.secret.Secret;
import java.util.regex.Pattern;

/** An API token: the same header every time, for ever. */
final class TokenAuthentication implements Authentication {
  // As pve-access-control has it: user, realm and token id without control characters or spaces.
  private static final Pattern TOKEN =
      Pattern.compile("([^\\s:/!=]+@[A-Za-z][A-Za-z0-9._-]+![A-Za-z][A-Za-z0-9._-]+)=(\\S+)");

  private final Identity identity;
  private final Secret token;

  /** Fails when the token does not have its form; the message does not show it. */
  TokenAuthentication(String connection, Secret token) {
    var form = TOKEN.matcher(token.reveal().strip());
    if (!form.matches()) {
      throw new HearthException(ProxmoxError.TOKEN_MALFORMED, connection);
    }
    this.identity = new Identity(form.group(1), true);
    this.token = Secret.of(form.group());
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public HttpRequest sign(HttpRequest request, boolean writes) {
    return request.header("Authorization", "PVEAPIToken=" + token.reveal());
  }

  @Override
  public boolean refresh() {
    return false;
  }
}
