package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Op;
import org.jspecify.annotations.Nullable;

/** Who may do what: tokens, and deleting what others may still use. */
final class AccessOps {
  private final ProxmoxConnection connection;

  AccessOps(ProxmoxConnection connection) {
    this.connection = connection;
  }

  record NewToken(String userid, String tokenid, @Nullable ObjectNode params) {}

  /** Makes a token. Its secret, in the form in which a connection takes it, is told only here. */
  @Op(writes = true)
  Secret createToken(NewToken request) {
    var path = ApiPath.of("access", "users", request.userid(), "token", request.tokenid());
    var made = connection.data(ApiCall.of("POST", path, request.params()));
    return Secret.of(made.path("full-tokenid").asText() + "=" + made.path("value").asText());
  }

  /**
   * What a token may do at this Proxmox.
   *
   * @param secret {@code USER@REALM!TOKENID=UUID}
   */
  record Proof(String secret) {}

  /** Comes in with a token; tells what it may do, so that it is known to work. */
  @Op
  JsonNode proveToken(Proof request) {
    return connection.as(Secret.of(request.secret())).data(ApiCall.get("access", "permissions"));
  }

  /**
   * Something to be deleted.
   *
   * @param secret the token with which it is done, in place of the connection's own credentials
   */
  record Deletion(Usage.Kind kind, String id, @Nullable Boolean force, @Nullable String secret) {}

  /** Deletes what nobody uses; says whether it was there. */
  @Op(writes = true)
  boolean deleteUnlessUsed(Deletion request) {
    var secret = request.secret();
    return new Usage(secret == null ? connection : connection.as(Secret.of(secret)))
        .delete(request.kind(), request.id(), Boolean.TRUE.equals(request.force()));
  }
}
