package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which model, as a recipe says it.
 *
 * @param files files, of which a later one overrides; or one folder; none: the folder
 * @param model the model itself, in place of files
 * @param folder that paths start from; none: that of the first file, or the working directory
 * @param project its name; none: as Compose finds it
 * @param profiles that are on, beside those of {@code COMPOSE_PROFILES}
 * @param env variables for the model, before those of files
 * @param envFiles files of variables; none: {@code .env} in the folder, if it is there
 * @param services that are meant, though none of their profiles may be on; empty: all
 */
public record ComposeRequest(
    @Nullable List<String> files,
    @Nullable JsonNode model,
    @Nullable String folder,
    @Nullable String project,
    @Nullable List<String> profiles,
    @Nullable Map<String, String> env,
    @Nullable List<String> envFiles,
    @Nullable List<String> services) {

  List<String> filesOrNone() {
    return files == null ? List.of() : files;
  }

  Map<String, String> variables() {
    return env == null ? Map.of() : env;
  }

  List<String> profilesOrNone() {
    return profiles == null ? List.of() : profiles;
  }

  /** The services that are meant; empty for all. */
  public List<String> servicesOrAll() {
    return services == null ? List.of() : services;
  }

  Optional<String> name() {
    return Optional.ofNullable(project);
  }
}
