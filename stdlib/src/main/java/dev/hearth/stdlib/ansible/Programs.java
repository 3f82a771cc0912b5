package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.RunningProcess;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.OpContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ansible's programs, run in the folder of a project with what the user configured. */
final class Programs {
  private static final int EXCERPT = 64 * 1024;
  private static final int SHOWN = 300;

  /** By these users say what Ansible does; a child gets no variable that is not named. */
  private static final List<String> OF_USER =
      List.of(
          "ANSIBLE_CONFIG",
          "ANSIBLE_HOME",
          "ANSIBLE_INVENTORY",
          "ANSIBLE_VAULT_PASSWORD_FILE",
          "ANSIBLE_VAULT_IDENTITY_LIST",
          "ANSIBLE_ROLES_PATH",
          "ANSIBLE_COLLECTIONS_PATH",
          "ANSIBLE_COLLECTIONS_PATHS",
          "ANSIBLE_GALAXY_SERVER",
          "ANSIBLE_GALAXY_SERVER_LIST",
          "ANSIBLE_GALAXY_TOKEN_PATH",
          "ANSIBLE_GALAXY_CACHE_DIR",
          "ANSIBLE_LIBRARY",
          "ANSIBLE_CALLBACK_PLUGINS",
          "ANSIBLE_CALLBACKS_ENABLED",
          "ANSIBLE_FILTER_PLUGINS",
          "ANSIBLE_LOOKUP_PLUGINS",
          "ANSIBLE_REMOTE_USER",
          "ANSIBLE_PRIVATE_KEY_FILE",
          "ANSIBLE_HOST_KEY_CHECKING",
          "ANSIBLE_SSH_ARGS",
          "ANSIBLE_SSH_COMMON_ARGS",
          "ANSIBLE_PIPELINING",
          "ANSIBLE_FORKS",
          "ANSIBLE_TIMEOUT",
          "ANSIBLE_LOCAL_TEMP",
          "ANSIBLE_PYTHON_INTERPRETER",
          "PYTHONPATH",
          "SSH_AUTH_SOCK");

  private final Project asked;
  private final OpContext context;

  Programs(Project project, OpContext context) {
    this.asked = project;
    this.context = context;
  }

  /** The project in its folder; one of a repository is checked out by whoever asks first. */
  Project project() {
    return checkout()
        .map(at -> asked.in(Checkouts.folder(context.effects().files(), at, repository())))
        .orElse(asked);
  }

  private Repository repository() {
    return asked.repository().orElseThrow();
  }

  /** What is checked out; empty for a folder of this machine. */
  Optional<Checkouts.Checkout> checkout() {
    if (asked.repository().isEmpty()) {
      return Optional.empty();
    }
    // A repository that a recipe names is reached as the recipe may run git.
    var effects = asked.isOfRecipe() ? context.recipe() : context.effects();
    try {
      return Optional.of(
          context
              .forRun(Checkouts.class, Checkouts::new)
              .of(repository(), this, new Git(this, effects.processes())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(AnsibleError.INTERRUPTED, "git").causedBy(e);
    }
  }

  /** Where packages are installed from, as the connection says. */
  Optional<String> index() {
    return asked.index();
  }

  OpContext context() {
    return context;
  }

  PrivateFolder privateFolder() {
    return new PrivateFolder(context.effects().files());
  }

  /** A file or folder that a recipe names and may read; absolute. */
  Path readable(String option, String text) {
    var path = project().resolve(option, text);
    if (files(path).stat(path).isEmpty()) {
      throw new HearthException(AnsibleError.NO_FILE, VisibleText.of(path.toString()));
    }
    return path;
  }

  /** A path that a recipe names from this folder on. */
  Path within(Path folder, String option, String text) {
    var project = project();
    return folder.resolve(project.folder().relativize(project.resolve(option, text))).normalize();
  }

  Path resolve(String option, String text) {
    return project().resolve(option, text);
  }

  /** Where a requirement is on this machine. */
  Path local(Requirement one) {
    var text = String.valueOf(one.source()).replaceFirst("^file://", "");
    return readable("requirements", text);
  }

  /** The files, as whoever chose the path may see them. */
  Files files(Path path) {
    boolean isOfProject = !asked.isOfRecipe() && path.startsWith(project().folder());
    return (isOfProject || isCheckedOut(path) ? context.effects() : context.recipe()).files();
  }

  /** The same for what is to be changed: a checkout is the run's own, all else the recipe's. */
  Files filesToChange(Path path) {
    return (isCheckedOut(path) ? context.effects() : context.recipe()).files();
  }

  private boolean isCheckedOut(Path path) {
    return checkout().filter(at -> path.startsWith(at.root())).isPresent();
  }

  /** A program in the project's folder. */
  ProcessRequest inProject(String program, List<String> words) {
    var folder = readable("dir", ".");
    return request(program, words).in(folder).withEnvironment(environment());
  }

  /** A program that reads no configuration of the user. */
  ProcessRequest alone(String program, List<String> words, PrivateFolder folder) {
    var config = folder.configuration();
    return request(program, words)
        .in(folder.path())
        .withEnvironment(Map.of("ANSIBLE_CONFIG", config.toString(), "ANSIBLE_NOCOLOR", "1"));
  }

  private ProcessRequest request(String program, List<String> words) {
    var command = new ArrayList<>(List.of(program(program)));
    command.addAll(words);
    return ProcessRequest.of(command);
  }

  /** As the project says, else as Hearth installed it, else as PATH has it. */
  private String program(String name) {
    return asked
        .programs()
        .or(() -> InstalledAnsible.programs(context, asked.version()))
        .map(folder -> folder.resolve(name).toString())
        .orElse(name);
  }

  private Map<String, String> environment() {
    var all = new LinkedHashMap<String, String>();
    for (var name : OF_USER) {
      context.effects().environment().get(name).ifPresent(value -> all.put(name, value));
    }
    all.put("ANSIBLE_NOCOLOR", "1");
    all.put("ANSIBLE_FORCE_COLOR", "0");
    all.put("ANSIBLE_NOCOWS", "1");
    all.put("ANSIBLE_RETRY_FILES_ENABLED", "0");
    all.put("ANSIBLE_COLLECTIONS_SCAN_SYS_PATH", "1");
    all.put("PYTHONUNBUFFERED", "1");
    return all;
  }

  RunningProcess start(ProcessRequest request) {
    try {
      return context.effects().processes().start(request);
    } catch (HearthException e) {
      throw missing(request, e);
    }
  }

  /** What a program prints; fails when it does. */
  ProcessOutcome output(String name, ProcessRequest request) throws InterruptedException {
    var outcome = run(request);
    if (!outcome.succeeded()) {
      var said = outcome.errorText();
      throw new HearthException(AnsibleError.PROGRAM_FAILED, name, sentence(said))
          .with("status", outcome.exitStatus())
          .with("stderr", excerpt(said));
    }
    return outcome;
  }

  ProcessOutcome run(ProcessRequest request) throws InterruptedException {
    return run(context.effects().processes(), request);
  }

  ProcessOutcome run(Processes processes, ProcessRequest request) throws InterruptedException {
    try {
      return processes.run(request);
    } catch (HearthException e) {
      throw missing(request, e);
    }
  }

  private static HearthException missing(ProcessRequest request, HearthException e) {
    return e.code() == ProcessError.NOT_FOUND
        ? new HearthException(AnsibleError.PROGRAM_MISSING, VisibleText.of(request.program()))
            .causedBy(e)
        : e;
  }

  /** What a program said went wrong, as the end of a sentence. */
  static String sentence(String said) {
    var lines = said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    var line =
        lines.stream()
            .filter(each -> each.startsWith("ERROR") || each.startsWith("[ERROR]"))
            .findFirst()
            .orElse(lines.isEmpty() ? "it does not say why" : lines.getLast())
            .replaceFirst("^(?:ERROR[!:]?|\\[ERROR\\]:?)\\s*", "");
    var shown = VisibleText.of(line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line);
    return shown.replaceFirst("[.:]$", "");
  }

  static String excerpt(String text) {
    return text.substring(Math.max(0, text.length() - EXCERPT)).strip();
  }
}
