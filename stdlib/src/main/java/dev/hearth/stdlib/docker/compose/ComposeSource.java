package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.PermissionError;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import dev.hearth.stdlib.docker.compose.Value.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a model, read with what the recipe may read, with the variables that they name put
 * in. What stands in them is not looked at.
 */
public final class ComposeSource {
  private static final List<String> NAMES =
      List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

  private static final List<String> OVERRIDES =
      List.of(
          "compose.override.yml",
          "compose.override.yaml",
          "docker-compose.override.yml",
          "docker-compose.override.yaml");

  private final ComposeRequest request;
  private final Files files;
  private final ModelFiles modelFiles;
  private final Path folder;
  private final Variables variables;
  private final List<Path> paths;
  private final List<Path> envFiles;
  private final List<Mapping> written;
  private final String name;
  private @Nullable Mapping merged;

  private ComposeSource(ComposeRequest request, Effects recipe) {
    this.request = request;
    this.files = recipe.files();
    this.variables = new Variables(request.variables(), name -> granted(recipe, name));
    this.modelFiles = new ModelFiles(files);
    var given = request.filesOrNone().stream().map(Path::of).map(ModelFiles::absolute).toList();
    this.folder = start(given);
    var origin = new Origin("", "", folder, variables);
    this.envFiles = envFiles(origin);
    for (var file : envFiles) {
      variables.addFile(EnvFile.read(ModelFiles.shown(file), files.readText(file), variables));
    }
    this.paths = request.model() == null ? found(given, origin) : List.of();
    this.written =
        request.model() == null
            ? paths.stream().map(path -> modelFiles.written(path, origin)).toList()
            : List.of(ModelValue.of(request.model(), origin));
    this.name = chosenName();
  }

  /** Reads what is asked for. */
  public static ComposeSource of(ComposeRequest request, Effects recipe) {
    return new ComposeSource(request, recipe);
  }

  /**
   * A variable of the user's that the recipe may see; what it may not see is as if it were unset.
   */
  private static Optional<String> granted(Effects recipe, String name) {
    try {
      return recipe.environment().get(name);
    } catch (HearthException e) {
      if (e.code() == PermissionError.DENIED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Path start(List<Path> given) {
    if (request.folder() != null) {
      return ModelFiles.absolute(Path.of(request.folder()));
    }
    if (given.isEmpty()) {
      return ModelFiles.absolute(Path.of(""));
    }
    var first = given.getFirst();
    return isFolder(first) ? first : Optional.ofNullable(first.getParent()).orElse(first);
  }

  private boolean isFolder(Path path) {
    return files.stat(path).filter(FileStat::isFolder).isPresent();
  }

  private List<Path> envFiles(Origin origin) {
    if (request.envFiles() != null) {
      return request.envFiles().stream()
          .map(file -> Path.of(origin.start().resolved(file)))
          .toList();
    }
    if (request.model() != null && request.folder() == null) {
      return List.of(); // it has no folder
    }
    var usual = folder.resolve(".env");
    return files.exists(usual) ? List.of(usual) : List.of();
  }

  private List<Path> found(List<Path> given, Origin origin) {
    if (!given.isEmpty() && !(given.size() == 1 && isFolder(given.getFirst()))) {
      return given;
    }
    var place = given.isEmpty() ? folder : given.getFirst();
    var chosen = variables.find("COMPOSE_FILE").filter(list -> !list.isBlank());
    if (chosen.isPresent()) {
      var separator = variables.find("COMPOSE_PATH_SEPARATOR").orElse(":");
      return List.of(chosen.get().split(Pattern.quote(separator), -1)).stream()
          .map(file -> Path.of(origin.start().resolved(file)))
          .toList();
    }
    var all = new ArrayList<Path>();
    all.add(
        first(place, NAMES)
            .orElseThrow(
                () ->
                    new HearthException(
                        ComposeError.COMPOSE_FILE_NOT_FOUND, ModelFiles.shown(place))));
    first(place, OVERRIDES).ifPresent(all::add);
    return all;
  }

  private Optional<Path> first(Path place, List<String> names) {
    return names.stream().map(place::resolve).filter(files::exists).findFirst();
  }

  private String chosenName() {
    var name =
        request
            .name()
            .or(() -> variables.find("COMPOSE_PROJECT_NAME").filter(each -> !each.isBlank()))
            .or(this::writtenName);
    var found =
        name.map(ProjectName::chosen)
            .orElseGet(() -> ProjectName.ofFolder(String.valueOf(folder.getFileName())));
    variables.addFile(Map.of("COMPOSE_PROJECT_NAME", found));
    return found;
  }

  private Optional<String> writtenName() {
    return written.reversed().stream()
        .flatMap(model -> model.get("name").stream())
        .findFirst()
        .map(
            value ->
                value instanceof Scalar scalar
                    ? Interpolation.apply(scalar.text(), variables, scalar.place())
                    : Scalars.word(value));
  }

  /** All of the model with the values of its variables, as nobody has looked at it yet. */
  Mapping model() {
    var known = merged;
    if (known == null) {
      known =
          IntStream.range(0, written.size())
              .mapToObj(i -> modelFiles.whole(written.get(i), List.of(file(i))))
              .reduce(Overrides::merge)
              .map(Overrides::settled)
              .orElseThrow();
      merged = known;
    }
    return known;
  }

  private Path file(int number) {
    return paths.isEmpty() ? folder : paths.get(number);
  }

  /** Fails for what only the plug-in does. */
  void requireOwn() {
    var findings = new Findings();
    model();
    modelFiles.onlyByPlugin().forEach(findings::add);
    findings.raise();
  }

  /** The values of all variables that the model names, and of those that the recipe gave. */
  public Map<String, String> variablesOfModel() {
    section("services").forEach(this::lookUpEnvironment);
    section("configs").forEach(this::lookUpContent);
    section("secrets").forEach(this::lookUpContent);
    var all = new LinkedHashMap<>(variables.used());
    all.putAll(request.variables());
    return all;
  }

  private List<Mapping> section(String key) {
    return model().get(key).stream()
        .filter(Mapping.class::isInstance)
        .flatMap(value -> Shape.mapping(value).entries().values().stream())
        .map(Value.Entry::value)
        .filter(Mapping.class::isInstance)
        .map(Mapping.class::cast)
        .toList();
  }

  /** A variable without a value is the user's own. */
  private void lookUpEnvironment(Mapping service) {
    service
        .get("environment")
        .map(value -> Overrides.alike("environment", value))
        .filter(Mapping.class::isInstance)
        .ifPresent(
            value ->
                Shape.mapping(value)
                    .entries()
                    .forEach(
                        (variable, entry) -> {
                          if (entry.value().isNothing()) {
                            entry.key().origin().variables().find(variable);
                          }
                        }));
  }

  private void lookUpContent(Mapping file) {
    if (file.get("environment").orElse(null) instanceof Scalar scalar) {
      scalar.place().origin().variables().find(scalar.text());
    }
  }

  /** Variables that the model names without a default, and that are not set. */
  public Set<String> unset() {
    model();
    return variables.unset();
  }

  public Set<String> profiles() {
    var all = new LinkedHashSet<>(request.profilesOrNone());
    variables
        .find("COMPOSE_PROFILES")
        .ifPresent(
            list -> {
              for (var profile : list.split(",", -1)) {
                if (!profile.isBlank()) {
                  all.add(profile.strip());
                }
              }
            });
    return all;
  }

  /**
   * The place of a key of the model, such as {@code services.web.ports}; of what is above it, if
   * there is none.
   */
  public Place place(String path) {
    Value at = model();
    var place = model().place();
    for (var key : path.split("[.\\[\\]]+", -1)) {
      if (at instanceof Sequence list && key.matches("\\d{1,6}")) {
        int index = Integer.parseInt(key);
        if (index >= list.items().size()) {
          break;
        }
        at = list.items().get(index);
        place = at.place();
        continue;
      }
      var entry = at instanceof Mapping mapping ? mapping.entries().get(key) : null;
      if (entry == null) {
        break;
      }
      place = entry.key();
      at = Overrides.alike(key, entry.value());
    }
    return place;
  }

  public ComposeRequest request() {
    return request;
  }

  public String name() {
    return name;
  }

  /** The folder that paths start from. */
  public Path path() {
    return folder;
  }

  /** The files, in the order in which they override; none for a model that was given itself. */
  public List<Path> files() {
    return paths;
  }

  public List<Path> variableFiles() {
    return envFiles;
  }

  Files reader() {
    return files;
  }
}
