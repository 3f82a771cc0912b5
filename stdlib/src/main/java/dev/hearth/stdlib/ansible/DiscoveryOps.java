package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a project has, known by reading its files. Nothing of it is run. */
final class DiscoveryOps {
  private static final List<String> USUAL = List.of(".", "playbooks");
  private static final List<String> ROLES = List.of("roles", "playbooks/roles");
  private static final String COLLECTIONS = "collections/ansible_collections";

  private final Programs programs;

  DiscoveryOps(Programs programs) {
    this.programs = programs;
  }

  /**
   * Where to look.
   *
   * @param paths files and folders; null: the project's folder and its {@code playbooks}
   */
  record Looking(@Nullable List<String> paths) {}

  /**
   * A collection.
   *
   * @param name such as {@code community.general}
   * @param path from the project's folder on
   * @param dependencies ranges of versions, by name
   */
  record Collection(
      String name,
      @Nullable String version,
      String path,
      @Nullable String description,
      Map<String, String> dependencies,
      List<String> roles) {}

  /** The commit of a repository that all of this run sees; null for a folder of this machine. */
  @Op
  @Nullable String commit() {
    return programs.checkout().map(Checkouts.Checkout::commit).orElse(null);
  }

  @Op
  List<PlaybookReader.Playbook> playbooks(Looking request) {
    var files = new ProjectFiles(programs);
    var found = new ArrayList<PlaybookReader.Playbook>();
    boolean isNamed = request.paths() != null;
    for (var text : Objects.requireNonNullElse(request.paths(), USUAL)) {
      var path = files.within("playbooks", programs.within(files.folder(), "playbooks", text));
      if (files.isFile(path)) {
        PlaybookReader.read(files, path).ifPresent(found::add);
      } else if (files.isFolder(path)) {
        for (var name : files.names(path)) {
          if (name.matches(".*\\.ya?ml") && files.isFile(path.resolve(name))) {
            PlaybookReader.read(files, path.resolve(name)).ifPresent(found::add);
          }
        }
      } else if (isNamed) {
        throw new HearthException(AnsibleError.NO_FILE, VisibleText.of(path.toString()));
      }
    }
    return found;
  }

  @Op
  List<RoleReader.Role> roles() {
    var files = new ProjectFiles(programs);
    var reader = new RoleReader(files);
    var found = new ArrayList<RoleReader.Role>();
    if (reader.isRole(files.folder())) {
      found.add(reader.read(String.valueOf(files.folder().getFileName()), files.folder()));
    }
    for (var place : ROLES) {
      roles(files, reader, files.folder().resolve(place), "", found);
    }
    for (var collection : collections(files)) {
      var place = files.folder().resolve(collection.path()).resolve("roles");
      roles(files, reader, place, collection.name() + ".", found);
    }
    found.sort(Comparator.comparing(RoleReader.Role::name));
    return found;
  }

  private static void roles(
      ProjectFiles files, RoleReader reader, Path place, String prefix, List<RoleReader.Role> to) {
    for (var name : files.names(place)) {
      var folder = place.resolve(name);
      if (files.isFolder(folder) && reader.isRole(folder)) {
        to.add(reader.read(prefix + name, folder));
      }
    }
  }

  @Op
  List<Collection> collections() {
    return collections(new ProjectFiles(programs));
  }

  private static List<Collection> collections(ProjectFiles files) {
    var found = new ArrayList<Collection>();
    var root = files.folder().resolve(COLLECTIONS);
    for (var space : files.names(root)) {
      for (var name : files.names(root.resolve(space))) {
        var folder = root.resolve(space).resolve(name);
        var manifest = folder.resolve("MANIFEST.json");
        if (files.isFile(manifest)) {
          var info = files.yaml(manifest).value().path("collection_info");
          found.add(collection(files, space + "." + name, folder, info));
        } else {
          files
              .find(folder, "galaxy")
              .map(YamlFile::value)
              .ifPresent(info -> found.add(collection(files, space + "." + name, folder, info)));
        }
      }
    }
    return found;
  }

  private static Collection collection(
      ProjectFiles files, String name, Path folder, JsonNode info) {
    var dependencies = new TreeMap<String, String>();
    info.path("dependencies")
        .properties()
        .forEach(one -> dependencies.put(one.getKey(), PlaybookReader.text(one.getValue())));
    return new Collection(
        name,
        ArgumentReader.textOrNull(info.path("version")),
        files.told(folder),
        ArgumentReader.textOrNull(info.path("description")),
        dependencies,
        files.names(folder.resolve("roles")));
  }
}
