package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Connection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the user's logins to registries are kept, as a connection of the user's own knows it. An
 * engine that a recipe spells out has none of them: who runs that engine would read them.
 *
 * @param config the user's {@code config.json}
 * @param helpers the programs that it names
 */
record CredentialSources(Path config, Set<String> helpers) {
  private static final String SETTING = "credentials";

  /** Notes in the settings of a connection what {@code config.json} names. */
  static void note(ObjectNode settings, Path config, JsonNode content) {
    var helpers = helpers(content);
    if (!helpers.isEmpty() || !content.path("auths").isEmpty()) {
      var note = settings.putObject(SETTING).put("config", config.toString());
      helpers.forEach(note.putArray("helpers")::add);
    }
  }

  private static Set<String> helpers(JsonNode content) {
    var helpers = new LinkedHashSet<String>();
    var store = content.path("credsStore").asText("");
    if (!store.isEmpty()) {
      helpers.add(program(store));
    }
    content.path("credHelpers").forEach(each -> helpers.add(program(each.asText(""))));
    return helpers;
  }

  /** The program of a helper by the name that {@code config.json} has for it. */
  static String program(String helper) {
    if (!helper.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new HearthException(
          DockerError.CREDENTIAL_HELPER, helper, "it is no name of a program");
    }
    return "docker-credential-" + helper;
  }

  /** Of a completed connection; empty where the user keeps no logins, or none for it. */
  static Optional<CredentialSources> of(Connection connection) {
    var note = connection.settings().path(SETTING);
    if (connection.explicit() || note.isMissingNode()) {
      return Optional.empty();
    }
    var helpers = new LinkedHashSet<String>();
    note.path("helpers").forEach(each -> helpers.add(each.asText()));
    return Optional.of(new CredentialSources(Path.of(note.path("config").asText()), helpers));
  }

  /** What a connection opens for them. */
  List<Permission> reach() {
    var reach = new ArrayList<Permission>();
    reach.add(new Permission.Read(config));
    helpers.forEach(program -> reach.add(new Permission.Exec(program)));
    return reach;
  }
}
