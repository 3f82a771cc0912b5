package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is built, and how.
 *
 * @param context a folder, or a tar of one; null for none, with {@code dockerfileInline}
 * @param dockerfile its path; from the context on, unless it is absolute; null: {@code Dockerfile}
 * @param dockerfileInline its text, in place of a file
 * @param tags names of the image
 * @param buildArgs values of ARG, which may be Secrets; they stay in the history of the image
 * @param target the stage that is wanted
 * @param platform such as {@code linux/arm64}
 * @param noCache whether every step is run again
 * @param pull whether the images that it stands on are asked for again
 * @param network of its RUN steps: {@code none}, {@code host}, or a network for the classic builder
 * @param extraHosts {@code name:address}
 * @param shmSizeBytes of {@code /dev/shm} in RUN steps
 * @param builder {@code buildkit} or {@code classic}; null: BuildKit where the engine has it
 * @param secrets values of {@code RUN --mount=type=secret,id=…}, by id; in no layer and no history
 * @param ssh agents and keys of {@code RUN --mount=type=ssh}: {@code default}, {@code ID=PATH}
 * @param cacheFrom caches that are read, as buildx writes them: {@code type=registry,ref=…}
 * @param cacheTo caches that are written
 */
record BuildSpec(
    @Nullable String context,
    @Nullable String dockerfile,
    @Nullable String dockerfileInline,
    @Nullable List<String> tags,
    @Nullable Map<String, String> buildArgs,
    @Nullable Map<String, String> labels,
    @Nullable String target,
    @Nullable String platform,
    @Nullable Boolean noCache,
    @Nullable Boolean pull,
    @Nullable String network,
    @Nullable List<String> extraHosts,
    @Nullable Long shmSizeBytes,
    @Nullable String builder,
    @Nullable Map<String, String> secrets,
    @Nullable List<String> ssh,
    @Nullable List<String> cacheFrom,
    @Nullable List<String> cacheTo) {

  BuildSpec {
    if (context == null && dockerfileInline == null) {
      throw new HearthException(DockerError.BUILD_OPTION, "context", "there is none");
    }
    if (dockerfile != null && dockerfileInline != null) {
      throw new HearthException(
          DockerError.BUILD_OPTION, "dockerfileInline", "there is `dockerfile` as well");
    }
    if (builder != null && !List.of("buildkit", "classic").contains(builder)) {
      throw new HearthException(
          DockerError.BUILD_OPTION, "builder", "it is `buildkit` or `classic`");
    }
  }

  /** Its names, in full. */
  List<ImageReference> references() {
    return tags == null ? List.of() : tags.stream().map(ImageReference::parseNew).toList();
  }

  /** Whether it needs a session with the builder, which the buildx plug-in has and the API not. */
  boolean needsSession() {
    return Stream.of(ssh, cacheFrom, cacheTo).anyMatch(some -> some != null && !some.isEmpty())
        || (secrets != null && !secrets.isEmpty());
  }

  /** The path of its Dockerfile, from the context on unless it is absolute. */
  String dockerfileOfContext() {
    return dockerfile == null ? "Dockerfile" : dockerfile;
  }

  boolean isClassic() {
    return "classic".equals(builder);
  }

  /** The same with one more label. */
  BuildSpec label(String name, String value) {
    var more = new java.util.TreeMap<String, String>(labels == null ? Map.of() : labels);
    more.put(name, value);
    return new BuildSpec(
        context,
        dockerfile,
        dockerfileInline,
        tags,
        buildArgs,
        more,
        target,
        platform,
        noCache,
        pull,
        network,
        extraHosts,
        shmSizeBytes,
        builder,
        secrets,
        ssh,
        cacheFrom,
        cacheTo);
  }

  /** The same with these names. */
  BuildSpec named(List<String> names) {
    return on(platform, names);
  }

  /** The same for a platform, with these names. */
  BuildSpec on(@Nullable String other, List<String> names) {
    return new BuildSpec(
        context,
        dockerfile,
        dockerfileInline,
        names,
        buildArgs,
        labels,
        target,
        other,
        noCache,
        pull,
        network,
        extraHosts,
        shmSizeBytes,
        builder,
        secrets,
        ssh,
        cacheFrom,
        cacheTo);
  }

  /** What it is called in messages. */
  String shown() {
    if (tags != null && !tags.isEmpty()) {
      return tags.getFirst();
    }
    return context == null ? "Dockerfile" : context;
  }
}
