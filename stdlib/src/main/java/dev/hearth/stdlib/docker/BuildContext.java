package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of a build, as the recipe may read them. */
final class BuildContext {
  private static final String USUAL = "Dockerfile";
  private static final String IGNORE = ".dockerignore";

  /** What a Dockerfile is called in the context that does not come from there. */
  private static final String OUTSIDE = ".hearth.Dockerfile";

  private final Files files;
  private final boolean heedsIgnoreFile;
  private final @Nullable Path place;
  private final boolean isTar;
  private final long sizeBytes;

  /** The name of the Dockerfile in the context. */
  private final String dockerfile;

  /** The text of one that is not in the context. */
  private final Optional<String> text;

  private BuildContext(
      Files files,
      boolean heedsIgnoreFile,
      @Nullable Path place,
      long tarBytes,
      String dockerfile,
      Optional<String> text) {
    this.files = files;
    this.heedsIgnoreFile = heedsIgnoreFile;
    this.place = place;
    this.isTar = tarBytes >= 0;
    this.sizeBytes = tarBytes;
    this.dockerfile = dockerfile;
    this.text = text;
  }

  /**
   * Looks at what there is.
   *
   * @param heeds whether the builder reads {@code .dockerignore} itself, as all do but BuildKit
   *     without a session
   */
  static BuildContext of(BuildSpec spec, Files files, boolean heeds) {
    var inline = Optional.ofNullable(spec.dockerfileInline());
    if (spec.context() == null) {
      return new BuildContext(files, heeds, null, -1, OUTSIDE, inline);
    }
    var place = path(spec.context());
    var stat =
        files
            .stat(place)
            .orElseThrow(() -> new HearthException(DockerError.BUILD_CONTEXT_NOT_FOUND, place));
    var asked = spec.dockerfile() == null ? USUAL : spec.dockerfile();
    if (stat.type() == FileStat.Type.FILE) {
      if (inline.isPresent()) {
        throw new HearthException(
            DockerError.BUILD_OPTION, "dockerfileInline", "the context is a tar already");
      }
      return new BuildContext(files, heeds, place, stat.sizeBytes(), asked, Optional.empty());
    }
    if (inline.isPresent()) {
      return new BuildContext(files, heeds, place, -1, OUTSIDE, inline);
    }
    var file = place.resolve(path(asked)).normalize();
    if (!files.stat(file).map(FileStat::isFile).orElse(false)) {
      throw new HearthException(DockerError.DOCKERFILE_NOT_FOUND, VisibleText.of(file));
    }
    return file.startsWith(place.normalize())
        ? new BuildContext(
            files,
            heeds,
            place,
            -1,
            place.normalize().relativize(file).toString(),
            Optional.empty())
        : new BuildContext(files, heeds, place, -1, OUTSIDE, Optional.of(files.readText(file)));
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new HearthException(DockerError.BUILD_CONTEXT_NOT_FOUND, VisibleText.of(text))
          .causedBy(e);
    }
  }

  String dockerfile() {
    return dockerfile;
  }

  /** The text of the Dockerfile; empty where it is inside a tar. */
  Optional<String> dockerfileText() {
    return text.or(
        () ->
            place == null || isTar
                ? Optional.empty()
                : Optional.of(files.readText(place.resolve(dockerfile))));
  }

  /** What is sent, read while it is. */
  HttpBody body() {
    return isTar && place != null
        ? HttpBody.of(files.open(place), sizeBytes)
        : HttpBody.of(tar(false), -1);
  }

  /** The tar that is made of a folder. */
  ContextTar tar(boolean timeless) {
    Map<String, byte[]> extra =
        text.map(content -> Map.of(OUTSIDE, content.getBytes(StandardCharsets.UTF_8)))
            .orElse(Map.of());
    return new ContextTar(files, items(), extra, timeless);
  }

  /** Whether it is a tar that somebody else made. */
  boolean isTar() {
    return isTar;
  }

  private Iterator<ContextFolder.Item> items() {
    return place == null
        ? Collections.emptyIterator()
        : new ContextFolder(files, place, ignored(place));
  }

  /**
   * What is left out; the Dockerfile and the list itself never are, since the engine wants them,
   * and leaves them out by itself.
   */
  private IgnoreFile ignored(Path folder) {
    var own = folder.resolve(dockerfile + IGNORE);
    var file = text.isEmpty() && files.exists(own) ? own : folder.resolve(IGNORE);
    if (!files.exists(file)) {
      return IgnoreFile.NONE;
    }
    var patterns = new java.util.ArrayList<>(IgnoreFile.parse(files.readText(file)).patterns());
    if (heedsIgnoreFile) {
      patterns.add(kept(IGNORE));
    }
    if (text.isEmpty()) {
      patterns.add(kept(dockerfile));
    }
    return new IgnoreFile(patterns);
  }

  private static IgnorePattern kept(String name) {
    return new IgnorePattern(
        name, java.util.regex.Pattern.compile(name, java.util.regex.Pattern.LITERAL), true);
  }
}
