package dev.hearth.stdlib.docker.compose;

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
 * Services of one file with what they extend: another service, of it or of another file, goes
 * before them as an earlier file would.
 */
final class Extends {
  private static final String KEY = "extends";

  private static final Shape WHOLE =
      Shape.object("`extends`", Map.of("service", Scalars::text, "file", Scalars::text), Set.of());

  /** A service on the way to the one that extends it. */
  private record Step(Path file, String service) {}

  private final ModelFiles files;
  private final Mapping model;
  private final Path file;

  /**
   * A file.
   *
   * @param file where it is, for which a model that was given itself has its folder
   */
  Extends(ModelFiles files, Mapping model, Path file) {
    this.files = files;
    this.model = model;
    this.file = file;
  }

  Mapping resolved() {
    if (!(model.get("services").orElse(null) instanceof Mapping services)) {
      return model;
    }
    var entries = new LinkedHashMap<String, Entry>();
    Findings.each(
        services.entries().entrySet(),
        each -> {
          var entry = each.getValue();
          var whole = service(each.getKey(), entry.value(), List.of());
          entries.put(each.getKey(), new Entry(entry.key(), whole));
        });
    return model.with("services", new Mapping(services.place(), services.how(), entries));
  }

  /** A service of this file with all that it extends. */
  private Value service(String name, Value value, List<Step> before) {
    var entry = value instanceof Mapping mapping ? mapping.entries().get(KEY) : null;
    if (entry == null || !(value instanceof Mapping service)) {
      return value;
    }
    var step = new Step(file, name);
    var way = new ArrayList<>(before);
    way.add(step);
    if (before.contains(step)) {
      throw entry.key().circle("services extend each other", way, Step::service);
    }
    var own = service.without(KEY);
    return base(entry, way) instanceof Mapping base ? Overrides.merge(base, own) : own;
  }

  private Value base(Entry entry, List<Step> way) {
    var said =
        entry.value() instanceof Scalar scalar
            ? Shape.NODES.objectNode().put("service", Scalars.word(scalar))
            : WHOLE.read(entry.value());
    var service = said.path("service").asText("");
    if (service.isEmpty()) {
      throw Shape.wrong(
          entry.value(), "what it extends, with its `service`", "Add `service: NAME`.");
    }
    var named = said.path("file").asText("");
    if (named.isEmpty()) {
      return in(entry, service, way);
    }
    var by = Shape.mapping(entry.value()).get("file").orElse(entry.value()).place();
    if (ModelFiles.isRemote(named)) {
      files
          .onlyByPlugin()
          .add(by.error(ComposeError.COMPOSE_UNSUPPORTED, "`extends` of a file that is elsewhere"));
      return new Mapping(by, How.MERGES, Map.of());
    }
    var path = Path.of(by.resolved(named));
    var origin = by.origin().in(Objects.requireNonNullElse(path.getParent(), path));
    var other = Interpolation.of(files.named(path, by, origin));
    return new Extends(files, other, path).in(entry, service, way);
  }

  private Value in(Entry entry, String service, List<Step> way) {
    if (model.get("services").orElse(null) instanceof Mapping services) {
      var found = services.get(service);
      if (found.isPresent()) {
        return service(service, found.get(), way);
      }
    }
    throw entry
        .key()
        .error(ComposeError.COMPOSE_REFERENCE, "service", VisibleText.of(service))
        .hint("Define it in " + ModelFiles.shown(file) + ", or correct the name.");
  }
}
