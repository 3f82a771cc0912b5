package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Connection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of playbooks, and the programs that run them.
 *
 * @param folder where Ansible runs, absolute
 * @param programs the folder that the programs are in; empty: those that Hearth installed, else
 *     those on PATH
 * @param version which of those that Hearth installed; empty: the newest
 * @param index where Hearth installs packages of Python from; empty: as pip is configured
 * @param repository where the folder is checked out from; empty: it is one of this machine
 * @param isOfRecipe whether the recipe chose the folder, so that it needs {@code read}
 */
record Project(
    Path folder,
    Optional<Path> programs,
    Optional<String> version,
    Optional<String> index,
    Optional<Repository> repository,
    boolean isOfRecipe) {
  /** Where private folders are made. */
  static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();

  private static final List<String> PROGRAMS =
      List.of("ansible-playbook", "ansible-inventory", "ansible-vault", "ansible-galaxy");

  /** The private folders, and how users configure Ansible beside its files. */
  private static final List<Permission> HOUSE =
      Stream.of(
              Stream.of(
                  new Permission.Env("ANSIBLE_*"),
                  new Permission.Env("PYTHONPATH"),
                  new Permission.Env("SSH_AUTH_SOCK"),
                  new Permission.Exec("git"),
                  new Permission.Read(TEMPORARY),
                  new Permission.Write(TEMPORARY)),
              VirtualEnvironment.OF_USER.stream().map(Permission.Env::new),
              Python.NAMES.stream().map(Permission.Exec::new))
          .<Permission>flatMap(each -> each)
          .toList();

  static Connection ofUser() {
    return new Connection(
        "ansible",
        Connection.Origin.CONFIGURED.label(),
        Connection.Origin.CONFIGURED,
        JsonNodeFactory.instance.objectNode(),
        Map.of());
  }

  static Project of(Connection connection) {
    var repository = repository(connection);
    return new Project(
        repository.isPresent() ? TEMPORARY : path("dir", connection.setting("dir").orElse("")),
        connection.setting("program").map(program -> folderOf(path("program", program))),
        connection.setting("version"),
        connection.setting("index"),
        repository,
        connection.explicit());
  }

  private static Optional<Repository> repository(Connection connection) {
    var ref = connection.setting("ref");
    var address = connection.setting("repository");
    if (ref.isPresent() && address.isEmpty()) {
      throw new HearthException(AnsibleError.OPTION, "ref", "is of no `repository`")
          .with("field", "ref");
    }
    return address.map(
        at -> {
          var folder = connection.setting("dir").orElse("");
          path("dir", folder);
          return new Repository(at, ref.orElse(null), folder);
        });
  }

  /** The same, in the folder that was checked out. */
  Project in(Path checkedOut) {
    return new Project(checkedOut, programs, version, index, repository, isOfRecipe);
  }

  private static Path folderOf(Path program) {
    var parent = program.getParent();
    return program.endsWith("ansible-playbook") && parent != null ? parent : program;
  }

  private static Path path(String option, String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new HearthException(
              AnsibleError.OPTION, option, "is no path: `" + VisibleText.of(text) + "`")
          .with("field", option)
          .causedBy(e);
    }
  }

  /** A path that a recipe names, from the folder on. */
  Path resolve(String option, String text) {
    if (text.isBlank()) {
      throw new HearthException(AnsibleError.OPTION, option, "is empty");
    }
    try {
      return folder.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new HearthException(
              AnsibleError.OPTION, option, "is no path: `" + VisibleText.of(text) + "`")
          .causedBy(e);
    }
  }

  /** The program as it is started. */
  String program(String name) {
    return programs.map(at -> at.resolve(name).toString()).orElse(name);
  }

  List<Permission> reach() {
    var reach = new ArrayList<>(HOUSE);
    PROGRAMS.forEach(name -> reach.add(new Permission.Exec(program(name))));
    if (repository.isEmpty()) {
      reach.add(new Permission.Read(folder));
    }
    return reach;
  }

  /** The programs on the user's PATH; those that a recipe names need {@code exec}. */
  List<Permission> reachOfUser() {
    var reach = new ArrayList<>(HOUSE);
    if (programs.isEmpty()) {
      PROGRAMS.forEach(name -> reach.add(new Permission.Exec(name)));
    }
    return reach;
  }
}
