package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.stdlib.docker.compose.Value.Entry;
import dev.hearth.stdlib.docker.compose.Value.How;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A file with the models that it includes, each of which has a folder and variables of its own. Two
 * may not have one name for different things.
 */
final class Includes {
  private static final String KEY = "include";
  private static final List<String> KINDS =
      List.of("services", "networks", "volumes", "configs", "secrets");

  private static final Shape WHOLE =
      Shape.object(
          "`include`",
          Map.of(
              "path", Shape.oneOrMore(Scalars::text),
              "project_directory", Scalars::text,
              "env_file", Shape.oneOrMore(Scalars::text)),
          Set.of());

  private final ModelFiles files;
  private final List<Path> way;
  private Mapping model;

  Includes(ModelFiles files, Mapping model, List<Path> way) {
    this.files = files;
    this.model = model;
    this.way = way;
  }

  Mapping resolved() {
    var include = model.get(KEY).orElse(null);
    if (include == null) {
      return model;
    }
    model = model.without(KEY);
    if (include.isNothing()) {
      return model;
    }
    Findings.each(Shape.sequence(include).items(), this::add);
    return model;
  }

  private void add(Value item) {
    var said =
        item instanceof Scalar scalar
            ? Shape.NODES
                .objectNode()
                .set("path", Shape.NODES.arrayNode().add(Scalars.word(scalar)))
            : WHOLE.read(item);
    var paths = new ArrayList<Path>();
    for (var path : said.path("path")) {
      if (ModelFiles.isRemote(path.asText())) {
        files
            .onlyByPlugin()
            .add(
                item.place()
                    .error(ComposeError.COMPOSE_UNSUPPORTED, "`include` of what is elsewhere"));
        return;
      }
      paths.add(Path.of(item.place().resolved(path.asText())));
    }
    if (paths.isEmpty()) {
      throw Shape.wrong(item, "what is included, with its `path`", "Add `path: other.yaml`.");
    }
    var origin = origin(item, said, paths.getFirst());
    var further = new ArrayList<>(way);
    further.add(paths.getFirst());
    if (way.contains(paths.getFirst())) {
      throw item.place().circle("files include each other", further, ModelFiles::shown);
    }
    paths.stream()
        .map(path -> files.named(path, item.place(), origin))
        .map(written -> files.whole(written, further))
        .reduce(Overrides::merge)
        .map(Overrides::settled)
        .ifPresent(included -> join(item.place(), included));
  }

  /** Variables of the including file come first, then those of the included one's folder. */
  private Origin origin(Value item, JsonNode said, Path first) {
    var directory = said.path("project_directory").asText("");
    var folder =
        directory.isEmpty()
            ? Objects.requireNonNullElse(first.getParent(), first)
            : Path.of(item.place().resolved(directory));
    var variables = item.place().origin().variables().within();
    if (said instanceof ObjectNode object && object.has("env_file")) {
      for (var file : object.path("env_file")) {
        read(Path.of(item.place().resolved(file.asText())), item.place(), variables);
      }
    } else if (files.reader().exists(folder.resolve(".env"))) {
      read(folder.resolve(".env"), item.place(), variables);
    }
    return item.place().origin().in(folder).with(variables);
  }

  private void read(Path path, Place by, Variables variables) {
    if (!files.reader().exists(path)) {
      throw by.error(ComposeError.COMPOSE_REFERENCE, "file", VisibleText.of(path.toString()))
          .hint("Make the file, or correct its path.");
    }
    variables.addFile(
        EnvFile.read(ModelFiles.shown(path), files.reader().readText(path), variables));
  }

  private void join(Place by, Mapping included) {
    var findings = new Findings();
    for (var kind : KINDS) {
      if (included.get(kind).orElse(null) instanceof Mapping things) {
        var own = model.get(kind).filter(Mapping.class::isInstance).map(Shape::mapping);
        var all = new LinkedHashMap<String, Entry>();
        own.ifPresent(mapping -> all.putAll(mapping.entries()));
        things
            .entries()
            .forEach(
                (name, entry) ->
                    findings.without(
                        () -> {
                          var before = all.putIfAbsent(name, entry);
                          if (before != null && !isSame(before, entry)) {
                            throw conflict(by, kind, name, before, entry);
                          }
                        }));
        model = model.with(kind, new Mapping(own.orElse(things).place(), How.MERGES, all));
      }
    }
    findings.raise();
  }

  /** Paths of the same words are other paths in another folder. */
  private static boolean isSame(Entry one, Entry other) {
    return one.key().origin().folder().equals(other.key().origin().folder())
        && Objects.equals(one.value().json(), other.value().json());
  }

  private static HearthException conflict(
      Place by, String kind, String name, Entry one, Entry other) {
    return by.error(
        ComposeError.COMPOSE_CONFLICT,
        kind.substring(0, kind.length() - 1),
        name,
        one.key(),
        other.key());
  }
}
