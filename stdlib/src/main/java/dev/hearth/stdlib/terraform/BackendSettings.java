package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the backend of a state that a module leaves open. Credentials go by the environment
 * of every run: what {@code init} is told stands in {@code .terraform} in clear.
 *
 * @param settings as the backend names them
 * @param secrets those that the recipe gave as Secrets
 */
record BackendSettings(
    @Nullable Map<String, JsonNode> settings, @Nullable Map<String, String> secrets) {
  /** By the backend's and the setting's name: the variable from which it is read as well. */
  private static final Map<String, Map<String, String>> CREDENTIALS =
      Map.of(
          "pg",
          Map.of("conn_str", "PG_CONN_STR"),
          "http",
          Map.of(
              "username", "TF_HTTP_USERNAME",
              "password", "TF_HTTP_PASSWORD",
              "client_private_key_pem", "TF_HTTP_CLIENT_PRIVATE_KEY_PEM"),
          "s3",
          Map.of(
              "access_key", "AWS_ACCESS_KEY_ID",
              "secret_key", "AWS_SECRET_ACCESS_KEY",
              "token", "AWS_SESSION_TOKEN",
              "sse_customer_key", "AWS_SSE_CUSTOMER_KEY"),
          "azurerm",
          Map.of(
              "access_key", "ARM_ACCESS_KEY",
              "client_secret", "ARM_CLIENT_SECRET",
              "sas_token", "ARM_SAS_TOKEN"),
          "gcs",
          Map.of(
              "credentials", "GOOGLE_BACKEND_CREDENTIALS",
              "encryption_key", "GOOGLE_ENCRYPTION_KEY"),
          "consul",
          Map.of("access_token", "CONSUL_HTTP_TOKEN"),
          "kubernetes",
          Map.of("token", "KUBE_TOKEN", "password", "KUBE_PASSWORD"));

  boolean isEmpty() {
    return given(settings).isEmpty() && given(secrets).isEmpty();
  }

  private static <T> Map<String, T> given(@Nullable Map<String, T> map) {
    return map == null ? Map.of() : map;
  }

  /** The variables of every run. Fails for a Secret that could only stand in a file in clear. */
  Map<String, String> variables(ModuleDescription module) {
    var names = names(module);
    var variables = new LinkedHashMap<String, String>();
    given(settings)
        .forEach(
            (name, value) -> {
              if (names.containsKey(name)) {
                variables.put(Objects.requireNonNull(names.get(name)), value.asText());
              }
            });
    given(secrets)
        .forEach(
            (name, value) -> {
              var variable = names.get(name);
              if (variable == null) {
                throw new HearthException(
                        TerraformError.OPTION_VALUE,
                        "The Secret `" + VisibleText.of(name) + "` of `backend`",
                        "the backend `" + module.backend() + "` would keep it in a file in clear")
                    .hint("Give it as a variable that the backend reads, by `env`.");
              }
              variables.put(variable, value);
            });
    return variables;
  }

  /** What {@code init} is told. */
  Map<String, JsonNode> open(ModuleDescription module) {
    var open = new LinkedHashMap<>(given(settings));
    open.keySet().removeAll(names(module).keySet());
    return open;
  }

  private static Map<String, String> names(ModuleDescription module) {
    if (module.backend() == null) {
      throw new HearthException(TerraformError.NO_BACKEND, VisibleText.of(module.dir()));
    }
    return CREDENTIALS.getOrDefault(module.backend(), Map.of());
  }
}
