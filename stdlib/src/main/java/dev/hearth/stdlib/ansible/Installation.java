package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.stdlib.ansible.Requirement.From;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Roles and collections on their way into a folder: fetched into one beside it, looked at, and put
 * in their place whole. So what fails or is not what was expected changes nothing.
 */
final class Installation implements AutoCloseable {
  private static final String PROGRAM = "ansible-galaxy";
  private static final String COLLECTIONS = "collections/ansible_collections";

  private final Programs programs;
  private final Path place;
  private final Files files;
  private final PrivateFolder staging;

  Installation(Programs programs, Path place) {
    this.programs = programs;
    this.place = place;
    files = programs.filesToChange(place);
    files.makeFolders(place);
    staging = new PrivateFolder(files, place, ".hearth-galaxy-");
  }

  void fetch(
      List<RequirementsLock.Wanted> wanted,
      @Nullable RequirementsLock lock,
      GalaxyOps.Installing request)
      throws InterruptedException {
    for (var type : Requirement.Type.values()) {
      var list = JsonNodeFactory.instance.arrayNode();
      wanted.stream()
          .filter(one -> one.requirement().type() == type)
          .forEach(one -> list.add(entry(one, lock)));
      if (list.isEmpty()) {
        continue;
      }
      var content = JsonNodeFactory.instance.objectNode();
      content.set(type + "s", list);
      // Ansible wants the ending of YAML, which has all of JSON.
      var file = staging.write("requirements-" + type + ".yml", content.toString());
      var words = new ArrayList<>(List.of(type.name(), "install", "--force"));
      words.add((type == Requirement.Type.role ? "--role-file=" : "--requirements-file=") + file);
      words.add(
          (type == Requirement.Type.role ? "--roles-path=" : "--collections-path=")
              + staging.path().resolve(type + "s"));
      if (type == Requirement.Type.collection && Boolean.TRUE.equals(request.offline())) {
        words.add("--offline");
      }
      var process = programs.inProject(PROGRAM, words).variable("GIT_TERMINAL_PROMPT", "0");
      if (request.timeout() != null) {
        process = process.timeout(request.timeout());
      }
      programs.output(PROGRAM, process);
    }
  }

  private ObjectNode entry(RequirementsLock.Wanted wanted, @Nullable RequirementsLock lock) {
    var one = wanted.requirement();
    var entry = JsonNodeFactory.instance.objectNode();
    var exact = wanted.commit();
    if (exact == null && lock != null && one.from() == From.galaxy) {
      exact = lock.version(one).orElse(null);
    }
    var version = exact == null ? one.version() : exact;
    if (version != null) {
      entry.put("version", version);
    }
    var source =
        one.from() == From.file || one.from() == From.dir
            ? programs.local(one).toString()
            : one.source();
    return one.type() == Requirement.Type.role
        ? role(entry, one, source)
        : collection(entry, one, source);
  }

  private static ObjectNode role(ObjectNode entry, Requirement one, @Nullable String source) {
    entry.put("name", one.name()).put("src", source == null ? one.name() : source);
    if (one.from() == From.git) {
      entry.put("scm", "git");
    } else if (one.from() == From.file) {
      entry.put("src", "file://" + source);
    }
    return entry;
  }

  private static ObjectNode collection(ObjectNode entry, Requirement one, @Nullable String source) {
    entry.put("type", one.from().name());
    if (one.from() == From.galaxy) {
      entry.put("name", one.name());
      if (source != null) {
        entry.put("source", source);
      }
      return entry;
    }
    return entry.put("name", source);
  }

  /** What was fetched, by type and name. */
  List<RequirementsLock.Installed> staged() {
    var found = new ArrayList<RequirementsLock.Installed>();
    var roles = staging.path().resolve("roles");
    for (var name : names(roles)) {
      var info = roles.resolve(name).resolve("meta/.galaxy_install_info");
      found.add(
          installed(Requirement.Type.role, name, roles.resolve(name), yaml(info, "/version")));
    }
    var collections = staging.path().resolve(COLLECTIONS);
    for (var space : names(collections)) {
      if (!space.contains(".")) { // others are what is noted of them
        for (var name : names(collections.resolve(space))) {
          var folder = collections.resolve(space).resolve(name);
          var version = yaml(folder.resolve("MANIFEST.json"), "/collection_info/version");
          found.add(installed(Requirement.Type.collection, space + "." + name, folder, version));
        }
      }
    }
    return found;
  }

  private RequirementsLock.Installed installed(
      Requirement.Type type, String name, Path folder, @Nullable String version) {
    return new RequirementsLock.Installed(type, name, version, TreeHash.of(files, folder));
  }

  private @Nullable String yaml(Path file, String pointer) {
    if (!files.exists(file)) {
      return null;
    }
    var text =
        ArgumentReader.textOrNull(
            YamlFile.of(file.toString(), files.readText(file)).value().at(pointer));
    return text == null || text.isEmpty() ? null : text;
  }

  private List<String> names(Path folder) {
    return files.exists(folder) ? files.list(folder) : List.of();
  }

  /** Puts all in their place, or none where one that is there differs and is not to be replaced. */
  List<GalaxyOps.Done> put(List<RequirementsLock.Installed> staged, boolean replace) {
    var done = new ArrayList<GalaxyOps.Done>();
    for (var one : staged) {
      var target = place.resolve(path(one));
      boolean isThere = files.statLink(target).isPresent();
      boolean isSame =
          files.stat(target).filter(stat -> stat.isFolder()).isPresent()
              && TreeHash.of(files, target).equals(one.sha256());
      if (isThere && !isSame && !replace) {
        throw new HearthException(
            AnsibleError.INSTALLED_DIFFERS,
            VisibleText.of(one.name()),
            VisibleText.of(target.toString()));
      }
      done.add(new GalaxyOps.Done(one.type(), one.name(), one.version(), !isSame));
    }
    for (int i = 0; i < staged.size(); i++) {
      if (done.get(i).changed()) {
        move(path(staged.get(i)));
      }
    }
    return done;
  }

  private static Path path(RequirementsLock.Installed one) {
    return one.type() == Requirement.Type.role
        ? Path.of("roles", one.name())
        : Path.of(COLLECTIONS, one.name().replace('.', '/'));
  }

  private void move(Path path) {
    var target = place.resolve(path);
    files.makeFolders(target.resolveSibling("."));
    if (files.statLink(target).filter(stat -> stat.isFolder()).isPresent()) {
      files.deleteTree(target);
    } else {
      files.delete(target);
    }
    files.move(staging.path().resolve(path), target);
  }

  @Override
  public void close() {
    staging.close();
  }
}
