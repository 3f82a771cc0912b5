package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Roles and collections of others, by {@code ansible-galaxy}. */
final class GalaxyOps {
  private static final List<String> USUAL =
      List.of("requirements.yml", "collections/requirements.yml", "roles/requirements.yml");

  private final Programs programs;

  GalaxyOps(Programs programs) {
    this.programs = programs;
  }

  record InFile(@Nullable String file) {}

  /** What a file asks for. */
  record Requirements(String file, List<Requirement> roles, List<Requirement> collections) {
    List<Requirement> all() {
      var all = new ArrayList<>(roles);
      all.addAll(collections);
      return all;
    }
  }

  @Op
  Requirements listRequirements(InFile request) {
    var file = file(request.file());
    var yaml = YamlFile.of(file.toString(), programs.files(file).readText(file)).value();
    var roles = new ArrayList<Requirement>();
    var collections = new ArrayList<Requirement>();
    (yaml.isArray() ? yaml : yaml.path("roles")).forEach(each -> roles.add(Requirement.role(each)));
    yaml.path("collections").forEach(each -> collections.add(Requirement.collection(each)));
    return new Requirements(file.toString(), roles, collections);
  }

  private Path file(@Nullable String named) {
    if (named != null) {
      return programs.readable("requirements", named);
    }
    var folder = programs.readable("dir", ".");
    return USUAL.stream()
        .map(folder::resolve)
        .filter(path -> programs.files(path).exists(path))
        .findFirst()
        .orElseThrow(
            () ->
                new HearthException(
                    AnsibleError.NO_FILE,
                    VisibleText.of(folder.resolve(USUAL.getFirst()).toString())));
  }

  /**
   * How they are installed.
   *
   * @param path the folder that gets {@code roles} and {@code collections}; null: the project's
   * @param offline whether nothing is had from elsewhere
   * @param force whether those that are there and differ are replaced
   * @param locked whether exactly what the lock says is installed
   */
  record Installing(
      @Nullable String file,
      @Nullable String path,
      @Nullable Boolean offline,
      @Nullable Boolean force,
      @Nullable Boolean locked,
      @Nullable Duration timeout) {}

  /**
   * What is there now.
   *
   * @param changed whether anything was put there or replaced
   * @param lock the file that says exactly what
   */
  record Result(boolean changed, List<Done> installed, String lock) {}

  record Done(Requirement.Type type, String name, @Nullable String version, boolean changed) {}

  @Op(writes = true)
  Result installRequirements(Installing request) throws InterruptedException {
    var asked = listRequirements(new InFile(request.file()));
    var lockFile = Path.of(asked.file().replaceFirst("\\.(ya?ml|json)$", "") + ".lock.json");
    boolean isLocked = Boolean.TRUE.equals(request.locked());
    if (Boolean.TRUE.equals(request.offline())) {
      asked.all().stream()
          .filter(each -> !each.needsNoNetwork())
          .findFirst()
          .ifPresent(
              each -> {
                throw new HearthException(
                    AnsibleError.REQUIREMENT,
                    VisibleText.of("`" + each.name() + "` is not had offline"));
              });
    }
    RequirementsLock lock = isLocked ? lock(lockFile) : null;
    var wanted = lock == null ? resolved(asked) : asLocked(asked, lock);
    var place = programs.resolve("path", Objects.requireNonNullElse(request.path(), "."));
    try (var installation = new Installation(programs, place)) {
      installation.fetch(wanted, lock, request);
      var installed = installation.staged();
      if (lock != null) {
        requireSame(lock, installed);
      }
      var done = installation.put(installed, isLocked || Boolean.TRUE.equals(request.force()));
      if (lock == null) {
        programs
            .filesToChange(lockFile)
            .writeText(lockFile, RequirementsLock.of(wanted, installed).text());
      }
      return new Result(done.stream().anyMatch(Done::changed), done, lockFile.toString());
    }
  }

  private RequirementsLock lock(Path file) {
    var files = programs.files(file);
    if (!files.exists(file)) {
      throw new HearthException(AnsibleError.LOCK_MISSING, VisibleText.of(file.toString()));
    }
    return RequirementsLock.read(file.toString(), files.readText(file));
  }

  private List<RequirementsLock.Wanted> resolved(Requirements asked) throws InterruptedException {
    var git = new GitCommit(new Git(programs, programs.context().effects().processes()));
    var wanted = new ArrayList<RequirementsLock.Wanted>();
    for (var one : asked.all()) {
      var source = String.valueOf(one.source());
      var commit = one.from() == Requirement.From.git ? commit(git, source, one) : null;
      wanted.add(new RequirementsLock.Wanted(one, commit, archive(one)));
    }
    return wanted;
  }

  private static String commit(GitCommit git, String source, Requirement one)
      throws InterruptedException {
    return git.of(source, one.version())
        .orElseThrow(
            () ->
                new HearthException(
                    AnsibleError.REQUIREMENT,
                    VisibleText.of("`" + source + "` has no `" + one.version() + "`")));
  }

  private @Nullable String archive(Requirement one) {
    if (one.from() != Requirement.From.file) {
      return null;
    }
    var file = programs.local(one);
    return TreeHash.ofFile(programs.files(file), file);
  }

  private List<RequirementsLock.Wanted> asLocked(Requirements asked, RequirementsLock lock) {
    var wanted = new ArrayList<RequirementsLock.Wanted>();
    for (var one : asked.all()) {
      var known = lock.wanted(one).orElseThrow(() -> drift(one.name(), "is not in the lock"));
      if (!Objects.equals(known.archiveSha256(), archive(one))) {
        throw drift(one.name(), "has another archive than the lock says");
      }
      wanted.add(known);
    }
    for (var known : lock.wanted()) {
      if (!asked.all().contains(known.requirement())) {
        throw drift(known.requirement().name(), "is in the lock and not asked for");
      }
    }
    return wanted;
  }

  private static void requireSame(
      RequirementsLock lock, List<RequirementsLock.Installed> installed) {
    for (var one : lock.installed()) {
      if (!installed.contains(one)) {
        throw drift(one.name(), "is not what the lock says");
      }
    }
    for (var one : installed) {
      if (!lock.installed().contains(one)) {
        throw drift(one.name(), "is not in the lock");
      }
    }
  }

  private static HearthException drift(String name, String how) {
    return new HearthException(AnsibleError.LOCK_DRIFT, VisibleText.of(name), how);
  }
}
