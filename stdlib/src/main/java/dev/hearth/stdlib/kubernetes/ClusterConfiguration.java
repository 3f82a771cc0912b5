package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.permission.Endpoint;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Connection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes of a connection's fields, the user's kubeconfig and the service account of a pod one that
 * names everything itself. {@link Targets} reads what is made here.
 */
final class ClusterConfiguration {
  /** Where a connection says that nothing is left to be looked up. */
  static final String RESOLVED = "resolved";

  /** What makes of a context another cluster or another user. */
  private static final List<String> OVERRIDES =
      List.of("server", "ca", "fingerprint", "tlsServerName", "tokenFile", "clientCertificate");

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /**
   * What the plug-ins of the large clouds read; a child sees nothing of the environment unasked.
   */
  private static final List<String> PLUGIN_VARIABLES =
      List.of(
          "AWS_PROFILE",
          "AWS_DEFAULT_PROFILE",
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "AWS_ROLE_ARN",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "GOOGLE_APPLICATION_CREDENTIALS",
          "CLOUDSDK_CONFIG",
          "CLOUDSDK_ACTIVE_CONFIG_NAME",
          "AZURE_CONFIG_DIR",
          "AZURE_TENANT_ID",
          "AZURE_CLIENT_ID",
          "AZURE_CLIENT_SECRET",
          "AZURE_FEDERATED_TOKEN_FILE",
          "KUBECACHEDIR",
          "XDG_CACHE_HOME",
          "XDG_CONFIG_HOME",
          "HTTPS_PROXY",
          "HTTP_PROXY",
          "NO_PROXY",
          "SSL_CERT_FILE");

  private final ObjectNode settings;
  private final Map<String, Secret> secrets;
  private final Effects effects;

  private ClusterConfiguration(Connection connection, Effects effects) {
    this.settings = connection.settings().deepCopy();
    this.secrets = new LinkedHashMap<>(connection.secrets());
    this.effects = effects;
  }

  /** A context of the user's kubeconfig. */
  static Optional<Connection> configured(String name, Effects user) {
    return Kubeconfig.usual(user).hasContext(name)
        ? Optional.of(configured(name, JsonNodeFactory.instance.objectNode().put("context", name)))
        : Optional.empty();
  }

  /** The current context of the user's kubeconfig, else the cluster whose pod this is. */
  static Optional<Connection> configured(Effects user) {
    var kubeconfig = Kubeconfig.usual(user);
    if (!kubeconfig.isEmpty() && !kubeconfig.current().isEmpty()) {
      var name = kubeconfig.current();
      return Optional.of(
          configured(name, JsonNodeFactory.instance.objectNode().put("context", name)));
    }
    return inCluster(user, ACCOUNT).map(settings -> configured("in-cluster", settings));
  }

  private static Connection configured(String name, ObjectNode settings) {
    return new Connection("kubernetes", name, Connection.Origin.CONFIGURED, settings, Map.of());
  }

  /**
   * The cluster whose pod this is.
   *
   * @param account where a pod has the files of its service account
   */
  static Optional<ObjectNode> inCluster(Effects user, Path account) {
    var host = user.environment().get("KUBERNETES_SERVICE_HOST");
    var port = user.environment().get("KUBERNETES_SERVICE_PORT");
    var token = account.resolve("token");
    if (host.isEmpty() || port.isEmpty() || !user.files().exists(token)) {
      return Optional.empty();
    }
    var bracketed = host.get().contains(":") ? "[" + host.get() + "]" : host.get();
    var settings =
        JsonNodeFactory.instance
            .objectNode()
            .put("server", "https://" + bracketed + ":" + port.get())
            .put("tokenFile", token.toString());
    var ca = account.resolve("ca.crt");
    if (user.files().exists(ca)) {
      settings.put("ca", user.files().readText(ca));
    }
    var namespace = account.resolve("namespace");
    if (user.files().exists(namespace)) {
      settings.put("namespace", user.files().readText(namespace).strip());
    }
    return Optional.of(settings);
  }

  /**
   * The connection with everything resolved.
   *
   * @param effects reads what the connection names: for one that a recipe spelled out, as the
   *     recipe may
   */
  static Connection completed(Connection connection, Effects effects) {
    return connection.settings().has(RESOLVED)
        ? connection
        : new ClusterConfiguration(connection, effects).resolved(connection);
  }

  private Connection resolved(Connection connection) {
    boolean isOfRecipe = connection.explicit();
    boolean isContextAlone =
        secrets.isEmpty() && OVERRIDES.stream().allMatch(override -> field(override).isEmpty());
    if (secrets.containsKey("config")) {
      take(Kubeconfig.text(secrets.get("config").reveal()).context(field("context")), isOfRecipe);
    } else if (!field("kubeconfig").isEmpty()) {
      var file = Kubeconfig.path(field("kubeconfig"), Path.of("").toAbsolutePath(), effects);
      take(Kubeconfig.file(file, effects).context(field("context")), isOfRecipe);
    } else if (!field("context").isEmpty() || field("server").isEmpty()) {
      if (field("context").isEmpty()) {
        throw new HearthException(KubernetesError.SERVER_MISSING, connection.name())
            .with("field", "server");
      }
      if (isOfRecipe) { // the user's kubeconfig is not the recipe's to take apart
        throw new HearthException(KubernetesError.SERVER_MISSING, connection.name())
            .hint("Name the context: `kubernetes('" + field("context") + "')`.");
      }
      take(Kubeconfig.usual(effects).context(field("context")), isOfRecipe);
    }
    for (var field : List.of("ca", "clientCertificate")) {
      var value = field(field);
      if (!value.isEmpty() && !value.contains("-----BEGIN")) {
        settings.put(field, read(value, Path.of("").toAbsolutePath(), field));
      }
    }
    if (isContextAlone && !isOfRecipe) {
      programs();
    }
    secrets.remove("config");
    settings.put(RESOLVED, true);
    return new Connection(
        connection.binding(), connection.name(), connection.origin(), settings, secrets);
  }

  /**
   * What other programs, such as Helm, need to come to the same cluster as the same user: a
   * context, of which the connection itself changes nothing.
   */
  private void programs() {
    if (field("context").isEmpty()) {
      return;
    }
    var file = field("kubeconfig");
    var files =
        file.isEmpty()
            ? effects.environment().get("KUBECONFIG").filter(text -> !text.isBlank())
            : Optional.of(Kubeconfig.path(file, Path.of("").toAbsolutePath(), effects).toString());
    settings.put(
        "kubeconfigFiles",
        files.orElseGet(() -> Kubeconfig.home(effects).resolve(".kube/config").toString()));
  }

  private String field(String name) {
    return settings.path(name).asText("").strip();
  }

  /** What the connection says itself wins over what the kubeconfig says. */
  private void put(String field, String value) {
    if (!value.isEmpty() && field(field).isEmpty()) {
      settings.put(field, value);
    }
  }

  private void keep(String field, String value) {
    if (!value.isEmpty()) {
      secrets.putIfAbsent(field, Secret.of(value));
    }
  }

  private void take(Kubeconfig.Context found, boolean isOfRecipe) {
    var cluster = found.cluster();
    put("server", cluster.text("server"));
    put("namespace", found.context().text("namespace"));
    put("tlsServerName", cluster.text("tls-server-name"));
    var proxy = cluster.text("proxy-url");
    if (isOfRecipe && !proxy.isEmpty()) {
      throw new HearthException(
          KubernetesError.PROXY_OF_RECIPE, proxy.replaceFirst("//[^/@]*@", "//***@"));
    }
    put("proxy", proxy);
    put("ca", content(cluster, "certificate-authority"));
    if (cluster.content().path("insecure-skip-tls-verify").asBoolean(false)
        && field("fingerprint").isEmpty()) {
      throw new HearthException(KubernetesError.INSECURE, field("server"));
    }
    user(found.user());
  }

  private void user(Kubeconfig.Entry user) {
    put("user", user.name());
    if (secrets.containsKey("token") || secrets.containsKey("clientKey")) {
      return; // the connection has a login of its own
    }
    if (user.content().hasNonNull("auth-provider")) {
      throw new HearthException(
          KubernetesError.AUTH_PROVIDER,
          user.name(),
          user.content().path("auth-provider").path("name").asText("?"));
    }
    put("clientCertificate", content(user, "client-certificate"));
    keep("clientKey", content(user, "client-key"));
    keep("token", user.text("token"));
    var tokenFile = user.text("tokenFile");
    if (!tokenFile.isEmpty()) {
      put("tokenFile", Kubeconfig.path(tokenFile, user.folder(), effects).toString());
    }
    put("username", user.text("username"));
    keep("password", user.text("password"));
    if (user.content().path("exec").isObject()) {
      exec(user);
    }
    impersonation(user);
  }

  /** What an entry has as data, or in a file. */
  private String content(Kubeconfig.Entry entry, String key) {
    var data = entry.text(key + "-data");
    if (!data.isEmpty()) {
      try {
        return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new HearthException(
                KubernetesError.KUBECONFIG_WRONG,
                "of the connection",
                "`" + key + "-data` of `" + entry.name() + "` is no base64")
            .causedBy(e);
      }
    }
    var file = entry.text(key);
    return file.isEmpty() ? "" : read(file, entry.folder(), key);
  }

  private String read(String file, Path folder, String key) {
    var path = Kubeconfig.path(file, folder, effects);
    if (!effects.files().exists(path)) {
      throw new HearthException(KubernetesError.FILE_MISSING, path, key);
    }
    return effects.files().readText(path);
  }

  private void exec(Kubeconfig.Entry user) {
    var exec = user.content().path("exec");
    var command = exec.path("command").asText("");
    if (command.isEmpty()) {
      throw new HearthException(
          KubernetesError.KUBECONFIG_WRONG,
          "of the connection",
          "the plug-in of `" + user.name() + "` has no `command`");
    }
    var made = settings.putObject("exec");
    made.put("apiVersion", exec.path("apiVersion").asText(""));
    made.put(
        "command",
        command.contains("/")
            ? Kubeconfig.path(command, user.folder(), effects).toString()
            : command);
    var args = made.putArray("args");
    exec.path("args").forEach(arg -> args.add(arg.asText("")));
    made.put("alwaysInteractive", exec.path("interactiveMode").asText("").equals("Always"));
    made.put("installHint", exec.path("installHint").asText("").strip());
    made.put("clusterInfo", exec.path("provideClusterInfo").asBoolean(false));
    for (var variable : PLUGIN_VARIABLES) {
      variable(variable).ifPresent(value -> secrets.put("env/" + variable, Secret.of(value)));
    }
    for (var variable : exec.path("env")) {
      var name = variable.path("name").asText("");
      if (!name.isEmpty()) {
        secrets.put("env/" + name, Secret.of(variable.path("value").asText("")));
      }
    }
  }

  /** Of the user's environment; a recipe that brings a kubeconfig gets just what it may see. */
  private Optional<String> variable(String name) {
    try {
      return effects.environment().get(name);
    } catch (HearthException e) {
      return Optional.empty(); // not granted, and not needed by every plug-in
    }
  }

  private void impersonation(Kubeconfig.Entry user) {
    var as = user.text("as");
    if (as.isEmpty() || settings.has("as")) {
      return;
    }
    var made = settings.putObject("as");
    made.put("user", as);
    if (!user.text("as-uid").isEmpty()) {
      made.put("uid", user.text("as-uid"));
    }
    copy(user.content().path("as-groups"), made, "groups");
    copy(user.content().path("as-user-extra"), made, "extra");
  }

  private static void copy(JsonNode from, ObjectNode into, String key) {
    if (from.isContainerNode()) {
      into.set(key, from.deepCopy());
    }
  }

  /**
   * What a connection opens: the server; its program and the file of its token, if it has one.
   * Without them for one that is not resolved yet.
   */
  static List<Permission> reach(Connection connection) {
    var reach = new ArrayList<Permission>();
    var settings = connection.settings();
    var server = settings.path("server").asText("");
    if (!server.isEmpty()) {
      var address = ServerAddress.parse(server).net();
      reach.add(
          Endpoint.of(address.host(), address.port())
              .map(endpoint -> (Permission) new Permission.Net(endpoint))
              .orElseThrow(
                  () ->
                      new HearthException(KubernetesError.SERVER_WRONG, server)
                          .with("field", "server")));
    } else if (connection.settings().has(RESOLVED)) {
      throw new HearthException(KubernetesError.SERVER_MISSING, connection.name())
          .with("field", "server");
    }
    if (settings.hasNonNull("tokenFile")) {
      reach.add(new Permission.Read(Path.of(settings.path("tokenFile").asText())));
    }
    if (settings.path("exec").hasNonNull("command")) {
      reach.add(new Permission.Exec(settings.path("exec").path("command").asText()));
    }
    return reach;
  }
}
