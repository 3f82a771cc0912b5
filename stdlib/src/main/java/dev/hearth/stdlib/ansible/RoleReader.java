package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a role says of itself: its meta data, argument specs and defaults. */
final class RoleReader {
  private final ProjectFiles files;

  RoleReader(ProjectFiles files) {
    this.files = files;
  }

  /**
   * A role.
   *
   * @param name as playbooks name it
   * @param path from the project's folder on
   * @param arguments those of the entry point {@code main}
   * @param entryPoints all that argument specs declare
   * @param tags by which the galaxy finds it
   * @param collections those that its tasks need
   */
  record Role(
      String name,
      String path,
      @Nullable String description,
      List<ArgumentReader.Argument> arguments,
      List<EntryPoint> entryPoints,
      List<Dependency> dependencies,
      List<String> tags,
      List<String> collections,
      @Nullable String minimumAnsible) {}

  /** One way into a role, which is the name of a file of tasks. */
  record EntryPoint(
      String name, @Nullable String description, List<ArgumentReader.Argument> arguments) {}

  /** A role that another one needs. */
  record Dependency(String role, @Nullable String version, @Nullable String source) {}

  boolean isRole(Path folder) {
    return files.find(folder.resolve("tasks"), "main").isPresent()
        || files.find(folder.resolve("meta"), "main").isPresent();
  }

  Role read(String name, Path folder) {
    var meta = value(folder.resolve("meta"), "main");
    var defaults = value(folder.resolve("defaults"), "main");
    var specs = value(folder.resolve("meta"), "argument_specs");
    var entries = entryPoints(specs.isMissingNode() ? meta : specs, defaults);
    var main = entries.stream().filter(each -> each.name().equals("main")).findFirst();
    var info = meta.path("galaxy_info");
    var described = ArgumentReader.textOrNull(info.path("description"));
    return new Role(
        name,
        files.told(folder),
        described == null ? main.map(EntryPoint::description).orElse(null) : described,
        main.map(EntryPoint::arguments).orElseGet(() -> ArgumentReader.ofDefaults(defaults)),
        entries,
        dependencies(meta.path("dependencies")),
        PlaybookReader.words(info.path("galaxy_tags")),
        PlaybookReader.words(meta.path("collections")),
        ArgumentReader.textOrNull(info.path("min_ansible_version")));
  }

  /** What a file says; where it is a folder, what the files in it say together. */
  private JsonNode value(Path folder, String name) {
    if (files.isFolder(folder.resolve(name))) {
      var all = JsonNodeFactory.instance.objectNode();
      for (var each : files.names(folder.resolve(name))) {
        var file = folder.resolve(name).resolve(each);
        if (files.isFile(file) && each.matches(".*\\.(yml|yaml|json)")) {
          files
              .yaml(file)
              .value()
              .properties()
              .forEach(one -> all.set(one.getKey(), one.getValue()));
        }
      }
      return all;
    }
    return files
        .find(folder, name)
        .map(YamlFile::value)
        .orElseGet(JsonNodeFactory.instance::missingNode);
  }

  private static List<EntryPoint> entryPoints(JsonNode holder, JsonNode defaults) {
    var all = new ArrayList<EntryPoint>();
    for (var one : holder.path("argument_specs").properties()) {
      var spec = one.getValue();
      var brief = ArgumentReader.textOrNull(spec.path("short_description"));
      all.add(
          new EntryPoint(
              one.getKey(),
              brief == null ? ArgumentReader.description(spec.path("description")) : brief,
              ArgumentReader.declared(spec.path("options"), defaults)));
    }
    return all;
  }

  private static List<Dependency> dependencies(JsonNode given) {
    var all = new ArrayList<Dependency>();
    for (var each : given) {
      var source = ArgumentReader.textOrNull(each.path("src"));
      var name = each.isObject() ? each.path("role") : each;
      var role = ArgumentReader.textOrNull(name.isMissingNode() ? each.path("name") : name);
      all.add(
          new Dependency(
              role == null ? String.valueOf(source) : role,
              ArgumentReader.textOrNull(each.path("version")),
              source));
    }
    return all;
  }
}
