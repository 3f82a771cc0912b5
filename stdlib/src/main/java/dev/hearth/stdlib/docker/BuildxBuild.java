package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JacksonException;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.RunningProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image that is built by Docker's buildx plug-in: for secrets, SSH and caches, which BuildKit
 * asks for in a session that the Engine API alone does not have. The plug-in is run with what the
 * recipe may run, and reads the files of the context itself.
 */
final class BuildxBuild implements EngineWork<BuildNews, ImageBuild.Built> {
  private static final Pattern VERSION = Pattern.compile("\\bv?([0-9]+)\\.([0-9]+)[0-9.]*");

  /** What may stand in an option that is a list with commas. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  private final Engine engine;
  private final BuildSpec spec;
  private final BuildLog log;
  private final BuildTrace trace = new BuildxTrace();
  private final Deque<BuildNews> news = new ArrayDeque<>();
  private final RunningProcess process;
  private final BufferedReader told;
  private final StringBuilder object = new StringBuilder();
  private String last = "";
  private boolean ended;

  BuildxBuild(Engine engine, BuildSpec spec) {
    this.engine = engine;
    this.spec = spec;
    this.log = new BuildLog(engine, spec);
    requireVersion();
    this.process = engine.recipe().processes().start(request());
    this.told = new BufferedReader(new InputStreamReader(process.errors(), StandardCharsets.UTF_8));
  }

  private void requireVersion() {
    if (engine.isOfRecipe()) {
      throw new HearthException(
          DockerError.BUILDX_MISSING,
          "it would show the user's logins to an engine that the recipe chose");
    }
    try {
      var request = DockerProgram.at(engine, List.of("docker", "buildx", "version"));
      var outcome = engine.recipe().processes().run(request);
      var version = VERSION.matcher(outcome.outputText());
      if (!outcome.succeeded() || !version.find()) {
        throw new HearthException(
            DockerError.BUILDX_MISSING, "`docker buildx version` does not know it");
      }
      boolean isOld = version.group(1).equals("0") && Integer.parseInt("0" + version.group(2)) < 13;
      if (isOld) {
        throw new HearthException(DockerError.BUILDX_MISSING, "it is " + version.group());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(DockerError.INTERRUPTED, "docker buildx version").causedBy(e);
    } catch (HearthException e) {
      throw e.code() == ProcessError.NOT_FOUND
          ? new HearthException(DockerError.BUILDX_MISSING, "there is no `docker`").causedBy(e)
          : e;
    }
  }

  private ProcessRequest request() {
    if (spec.references().isEmpty()) {
      throw new HearthException(
          DockerError.BUILD_OPTION, "tags", "a build with secrets, SSH or caches needs a name");
    }
    if (spec.isClassic()) {
      throw new HearthException(
          DockerError.BUILD_OPTION, "builder", "the classic one has no secrets, SSH and caches");
    }
    var words =
        new ArrayList<>(List.of("docker", "buildx", "build", "--progress=rawjson", "--load"));
    var variables = new TreeMap<String, String>();
    spec.references()
        .forEach(tag -> option(words, "--tag", tag.repository() + ":" + tag.tagOrLatest()));
    option(words, "--target", spec.target());
    option(words, "--platform", spec.platform());
    option(words, "--network", spec.network());
    option(words, "--shm-size", spec.shmSizeBytes());
    flag(words, "--no-cache", spec.noCache());
    flag(words, "--pull", spec.pull());
    each(spec.extraHosts()).forEach(host -> option(words, "--add-host", host));
    each(spec.ssh()).forEach(key -> option(words, "--ssh", key));
    each(spec.cacheFrom()).forEach(cache -> option(words, "--cache-from", cache));
    each(spec.cacheTo()).forEach(cache -> option(words, "--cache-to", cache));
    if (spec.labels() != null) {
      spec.labels().forEach((name, value) -> option(words, "--label", name + "=" + value));
    }
    if (spec.buildArgs() != null) {
      // Without a value it is taken from the environment, where nobody else sees it.
      spec.buildArgs()
          .forEach(
              (name, value) -> {
                option(words, "--build-arg", name);
                variables.put(name, value);
              });
    }
    if (spec.secrets() != null) {
      spec.secrets().forEach((id, value) -> secret(words, variables, id, value));
    }
    if (each(spec.ssh()).stream().anyMatch(key -> key.equals("default"))) {
      engine
          .recipe()
          .environment()
          .get("SSH_AUTH_SOCK")
          .ifPresent(socket -> variables.put("SSH_AUTH_SOCK", socket));
    }
    return atEngine(words, variables);
  }

  private ProcessRequest atEngine(List<String> words, Map<String, String> variables) {
    var files = engine.recipe().files();
    var context = BuildContext.of(spec, files, true); // which says what is not there
    var inline = spec.dockerfileInline();
    var folder =
        spec.context() == null ? null : Path.of(spec.context()).toAbsolutePath().normalize();
    if (inline == null && !context.isTar() && folder != null) {
      option(words, "--file", folder.resolve(spec.dockerfileOfContext()));
    } else if (context.isTar()) {
      option(words, "--file", spec.dockerfileOfContext());
    } else if (folder != null) {
      option(words, "--file", "-");
    }
    words.add(folder == null || context.isTar() ? "-" : folder.toString());
    var request = DockerProgram.at(engine, words);
    variables.putAll(request.environment());
    request = request.withEnvironment(variables);
    if (context.isTar() && folder != null) {
      return request.input(files.open(folder));
    }
    return inline == null ? request : request.input(inline.getBytes(StandardCharsets.UTF_8));
  }

  private static void secret(
      List<String> words, Map<String, String> variables, String id, String value) {
    if (!ID.matcher(id).matches()) {
      throw new HearthException(
          DockerError.BUILD_OPTION, "secrets", "an id has letters, digits and `_`, `.`, `-`");
    }
    var variable = "HEARTH_BUILD_SECRET_" + variables.size();
    variables.put(variable, value);
    option(words, "--secret", "id=" + id + ",env=" + variable);
  }

  private static List<String> each(@Nullable List<String> some) {
    return some == null ? List.of() : some;
  }

  private static void option(List<String> words, String name, @Nullable Object value) {
    if (value != null) {
      words.add(name + "=" + value);
    }
  }

  private static void flag(List<String> words, String name, @Nullable Boolean value) {
    if (Boolean.TRUE.equals(value)) {
      words.add(name);
    }
  }

  @Override
  public @Nullable BuildNews next() {
    while (news.isEmpty() && !ended) {
      var line = line();
      if (line == null) {
        ended = true;
        trace.end().forEach(this::tell);
        requireSuccess();
      } else {
        read(line);
      }
    }
    return news.poll();
  }

  private @Nullable String line() {
    try {
      return told.readLine();
    } catch (IOException e) {
      throw new HearthException(DockerError.INTERRUPTED, "docker buildx build").causedBy(e);
    }
  }

  /** Objects over several lines, as 0.13 writes them, or on one; between them words for people. */
  private void read(String line) {
    if (object.isEmpty() && !line.startsWith("{")) {
      last = line.isBlank() ? last : line.strip(); // such as why it failed
      return;
    }
    object.append(line).append('\n');
    boolean isWhole = line.startsWith("{") ? line.endsWith("}") : line.equals("}");
    if (!isWhole) {
      return;
    }
    try {
      trace.news(Engine.MAPPER.readTree(object.toString())).forEach(this::tell);
    } catch (JacksonException e) {
      last = line;
    }
    object.setLength(0);
  }

  private void tell(BuildNews each) {
    log.note(each);
    news.add(each);
  }

  private void requireSuccess() {
    try {
      if (process.await() != 0) {
        throw log.failure(last.replaceFirst("^ERROR: ", ""));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(DockerError.INTERRUPTED, "docker buildx build").causedBy(e);
    }
  }

  @Override
  public ImageBuild.Built result() {
    var name = spec.references().getFirst();
    var image =
        engine.json(
            EngineCall.get("/images/{image}/json", name.repository() + ":" + name.tagOrLatest()));
    return log.built(image.path("Id").asText());
  }

  @Override
  public void close() {
    process.close();
  }
}
