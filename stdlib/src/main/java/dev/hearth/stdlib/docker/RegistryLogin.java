package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Who somebody is at a registry.
 *
 * @param registry its address, as logins are kept under: host and port, or the Hub's URL
 * @param username empty for an identity token
 * @param secret the password, or the token
 * @param isToken whether it is an identity token, which the registry made at a login
 */
record RegistryLogin(String registry, String username, Secret secret, boolean isToken) {

  /** As the engine takes it for one image: the header {@code X-Registry-Auth}. */
  String header() {
    return encoded(node());
  }

  /** As the engine takes it in JSON; it shows the secret. */
  ObjectNode node() {
    var node = JsonNodeFactory.instance.objectNode();
    if (isToken) {
      node.put("identitytoken", secret.reveal());
    } else {
      node.put("username", username).put("password", secret.reveal());
    }
    return node.put("serveraddress", registry);
  }

  /** JSON as it stands in a header. */
  static String encoded(ObjectNode node) {
    return Base64.getUrlEncoder().encodeToString(node.toString().getBytes(StandardCharsets.UTF_8));
  }
}
