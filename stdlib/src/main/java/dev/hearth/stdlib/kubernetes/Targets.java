package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@link Target} of a connection that {@link ClusterConfiguration} has resolved. */
final class Targets {
  private Targets() {}

  static Target of(Connection connection) {
    var settings = connection.settings();
    var certificate = text(settings, "clientCertificate");
    var key = secret(connection, "clientKey");
    if ((certificate == null) != (key == null)) {
      throw new HearthException(KubernetesError.KEY_MISSING, connection.name())
          .with("field", certificate == null ? "clientCertificate" : "clientKey");
    }
    var login =
        new Target.Login(
            secret(connection, "token"),
            text(settings, "tokenFile"),
            text(settings, "username"),
            secret(connection, "password"),
            certificate,
            key,
            exec(connection));
    var server = text(settings, "server");
    if (server == null) {
      throw new HearthException(KubernetesError.SERVER_MISSING, connection.name());
    }
    var user = text(settings, "user");
    return new Target(
        server,
        or(text(settings, "namespace"), "default"),
        text(settings, "ca"),
        text(settings, "fingerprint"),
        text(settings, "tlsServerName"),
        text(settings, "proxy"),
        user == null ? "The connection `" + connection.name() + "`" : "The user `" + user + "`",
        login,
        impersonation(settings.path("as")),
        programs(settings));
  }

  private static Target.@Nullable ForPrograms programs(JsonNode settings) {
    var files = text(settings, "kubeconfigFiles");
    var context = text(settings, "context");
    return files == null || context == null ? null : new Target.ForPrograms(files, context);
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }

  private static @Nullable String text(JsonNode settings, String name) {
    var text = settings.path(name).asText("").strip();
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Secret secret(Connection connection, String name) {
    var secret = connection.secrets().get(name);
    return secret == null || secret.reveal().isBlank() ? null : secret;
  }

  private static Target.@Nullable Exec exec(Connection connection) {
    var exec = connection.settings().path("exec");
    if (!exec.isObject()) {
      return null;
    }
    var env = new LinkedHashMap<String, Secret>();
    connection
        .secrets()
        .forEach(
            (name, value) -> {
              if (name.startsWith("env/")) {
                env.put(name.substring("env/".length()), value);
              }
            });
    return new Target.Exec(
        exec.path("apiVersion").asText(),
        exec.path("command").asText(),
        texts(exec.path("args")),
        env,
        exec.path("alwaysInteractive").asBoolean(),
        exec.path("installHint").asText(),
        exec.path("clusterInfo").asBoolean());
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(each -> texts.add(each.asText("")));
    return texts;
  }

  private static Target.@Nullable Impersonation impersonation(JsonNode as) {
    if (!as.isObject()) {
      return null;
    }
    Map<String, List<String>> extra = new LinkedHashMap<>();
    as.path("extra")
        .properties()
        .forEach(entry -> extra.put(entry.getKey(), texts(entry.getValue())));
    return new Target.Impersonation(
        as.path("user").asText(), text(as, "uid"), texts(as.path("groups")), extra);
  }
}
