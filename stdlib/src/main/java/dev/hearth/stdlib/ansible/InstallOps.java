package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.stdlib.command.InstalledPrograms;
import dev.hearth.stdlib.command.InstalledPrograms.Installed;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ansibles that Hearth installs for the user, each in a virtual environment of its own. */
final class InstallOps {
  private final Programs programs;

  InstallOps(Programs programs) {
    this.programs = programs;
  }

  /**
   * What is installed.
   *
   * @param version of ansible-core; null: the newest that a Python of the user runs
   * @param with more packages, each as {@code NAME==VERSION}
   * @param locked a file of requirements with hashes: exactly these, and no others
   * @param index where packages are had from; null: as the connection or the user's pip says
   * @param sources whether archives of sources are taken too, whose code is run to build them
   * @param timeout for each program that is run; null: none
   */
  record Installing(
      @Nullable String version,
      @Nullable List<String> with,
      @Nullable String locked,
      @Nullable String index,
      @Nullable Boolean sources,
      @Nullable Duration timeout) {
    boolean buildsSources() {
      return Boolean.TRUE.equals(sources);
    }

    Installing from(@Nullable String other) {
      return new Installing(version, with, locked, index == null ? other : index, sources, timeout);
    }
  }

  /** A package that is there. */
  record Part(String name, String version, String sha256) {}

  /**
   * One that is installed.
   *
   * @param folder of its programs
   * @param lock what it is made of, as {@code locked} takes it
   * @param changed whether it was installed just now
   */
  record There(
      String version,
      String python,
      String folder,
      List<Part> packages,
      String lock,
      boolean changed) {}

  @Op(writes = true)
  There installAnsible(Installing request) throws InterruptedException {
    var how = request.from(programs.index().orElse(null));
    requireUsableIndex(how.index());
    var lock = how.locked() == null ? Optional.<PackageLock>empty() : Optional.of(lock(how));
    var with =
        Objects.requireNonNullElse(how.with(), List.<String>of()).stream()
            .map(InstallOps::asked)
            .toList();
    var context = programs.context();
    var named =
        lock.isPresent()
            ? Optional.of(lockedVersion(lock.get(), how, with))
            : Optional.ofNullable(how.version()).map(CoreVersion::of);
    var installed = new InstalledPrograms(context);
    var there = named.flatMap(version -> enough(installed, version, lock, with));
    if (there.isPresent()) {
      return there(there.get(), false);
    }
    var pythons = Python.all(context.effects().processes());
    var python =
        named
            .map(version -> Python.forVersion(version, pythons))
            .orElseGet(() -> Python.forNewest(pythons));
    var version = named.or(() -> CoreVersion.newestFor(python.minor())).orElseThrow();
    there = enough(installed, version, lock, with);
    if (there.isPresent()) {
      return there(there.get(), false);
    }
    tell(context, "Python " + python.version() + " gets ansible-core " + version.text());
    var wanted = lock.orElseGet(() -> wanted(version, with));
    var made =
        installed.install(
            version.text(), folder -> fill(folder, python, version, wanted, lock.isPresent(), how));
    return there(made, true);
  }

  /** The one that is there, where it has all that is wanted. */
  private static Optional<Installed> enough(
      InstalledPrograms installed,
      CoreVersion version,
      Optional<PackageLock> lock,
      List<PackageLock.Pinned> with) {
    return installed
        .find(version.text())
        .filter(one -> lock.map(packages(one)::isAllowedBy).orElse(true))
        .filter(one -> with.stream().allMatch(packages(one)::has));
  }

  /** A password in a URL would stand in files, logs and errors. */
  private static void requireUsableIndex(@Nullable String index) {
    if (index == null) {
      return;
    }
    var uri = uri(index);
    if (uri.isEmpty()
        || !String.valueOf(uri.get().getScheme()).matches("https?|file")
        || uri.get().getUserInfo() != null) {
      throw new HearthException(
          AnsibleError.OPTION,
          "index",
          "is no URL of `https`, `http` or `file` without a user in it; passwords are for `.netrc`"
              + " or the keyring of pip");
    }
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static PackageLock.Pinned asked(@Nullable String text) {
    var one = PackageLock.asked(String.valueOf(text));
    if (one.name().equals(PackageLock.CORE)) {
      throw new HearthException(
          AnsibleError.OPTION, "with", "has ansible-core, whose version `version` says");
    }
    return one;
  }

  private PackageLock lock(Installing how) {
    var file = programs.readable("locked", String.valueOf(how.locked()));
    return PackageLock.read(file.toString(), programs.files(file).readText(file));
  }

  private static CoreVersion lockedVersion(
      PackageLock lock, Installing how, List<PackageLock.Pinned> with) {
    if (!with.isEmpty()) {
      throw new HearthException(
          AnsibleError.OPTION, "with", "adds to `locked`, which says all that is installed");
    }
    var core =
        lock.find(PackageLock.CORE)
            .orElseThrow(
                () -> new HearthException(AnsibleError.OPTION, "locked", "has no ansible-core"));
    if (how.version() != null && !how.version().equals(core.version())) {
      throw new HearthException(
          AnsibleError.OPTION, "version", "is another one than `locked` has: " + core.version());
    }
    return CoreVersion.of(core.version());
  }

  private static PackageLock wanted(CoreVersion version, List<PackageLock.Pinned> with) {
    var all = new ArrayList<PackageLock.Pinned>();
    all.add(new PackageLock.Pinned(PackageLock.CORE, version.text(), List.of()));
    all.addAll(with);
    return new PackageLock(all);
  }

  private ObjectNode fill(
      Path folder,
      Python python,
      CoreVersion version,
      PackageLock wanted,
      boolean isLocked,
      Installing how)
      throws InterruptedException {
    var what = "ansible-core " + version.text();
    var environment = new VirtualEnvironment(programs.context().effects(), folder, what, how);
    environment.make(python);
    var fetched = environment.fetch(wanted, isLocked);
    environment.install(fetched);
    if (!programs.context().effects().files().exists(environment.program("ansible-playbook"))) {
      throw new HearthException(
          AnsibleError.INSTALL_FAILED, what, "what came has no `ansible-playbook`");
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("python", python.version())
        .put("lock", fetched.text());
  }

  private static void tell(OpContext context, String what) {
    context.log().write(OpContext.Log.Level.INFO, what, Map.of());
  }

  private static PackageLock packages(Installed one) {
    return PackageLock.read(one.name(), one.about().path("lock").asText());
  }

  private static There there(Installed one, boolean changed) {
    var lock = packages(one);
    return new There(
        one.name(),
        one.about().path("python").asText(),
        one.folder().resolve("bin").toString(),
        lock.packages().stream()
            .map(each -> new Part(each.name(), each.version(), each.sha256().getFirst()))
            .toList(),
        lock.text(),
        changed);
  }

  /** All, the newest first. */
  @Op
  List<There> installedAnsibles() {
    return InstalledAnsible.all(programs.context()).stream()
        .map(each -> there(each, false))
        .toList();
  }

  record Named(String version) {}

  /** Removes one; false where there was none. */
  @Op(writes = true)
  boolean removeAnsible(Named request) {
    return new InstalledPrograms(programs.context())
        .remove(CoreVersion.of(VisibleText.of(request.version())).text());
  }
}
