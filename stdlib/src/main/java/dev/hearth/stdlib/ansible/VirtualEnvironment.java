package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.ProcessRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A virtual environment of Python on its way: made, and filled by its own pip. What pip finds by
 * the user's configuration is fetched first and hashed here; then exactly that is installed, from
 * this machine alone.
 */
final class VirtualEnvironment {
  /** By these users say where packages are; what pip does with them is not theirs to say here. */
  static final List<String> OF_USER =
      List.of(
          "PIP_CONFIG_FILE",
          "PIP_INDEX_URL",
          "PIP_EXTRA_INDEX_URL",
          "PIP_FIND_LINKS",
          "PIP_NO_INDEX",
          "PIP_CONSTRAINT",
          "PIP_TRUSTED_HOST",
          "PIP_CERT",
          "PIP_CLIENT_CERT",
          "PIP_PROXY",
          "PIP_TIMEOUT",
          "PIP_DEFAULT_TIMEOUT",
          "PIP_RETRIES",
          "PIP_CACHE_DIR",
          "PIP_NO_CACHE_DIR",
          "PIP_KEYRING_PROVIDER",
          "NETRC",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "ALL_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "all_proxy",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "XDG_CONFIG_HOME",
          "XDG_CONFIG_DIRS",
          "XDG_CACHE_HOME");

  private final Effects effects;
  private final Path folder;
  private final String what;
  private final InstallOps.Installing how;

  /**
   * One in an empty folder, in which it stays.
   *
   * @param what is installed, for messages
   */
  VirtualEnvironment(Effects effects, Path folder, String what, InstallOps.Installing how) {
    this.effects = effects;
    this.folder = folder;
    this.what = what;
    this.how = how;
  }

  void make(Python python) throws InterruptedException {
    run(
        ProcessRequest.of(python.program(), "-I", "-m", "venv", folder.toString())
            .variable("PIP_CONFIG_FILE", "/dev/null"));
  }

  /** What pip finds for these; where they have hashes, nothing else. */
  PackageLock fetch(PackageLock wanted, boolean isLocked) throws InterruptedException {
    var files = effects.files();
    var place = folder.resolve("fetched");
    files.makeFolders(place);
    var words = new ArrayList<>(List.of("download", "--dest=" + place));
    if (isLocked) {
      words.addAll(List.of("--no-deps", "--require-hashes", "--requirement=" + lock(wanted)));
    } else {
      wanted.packages().forEach(each -> words.add(each.requirement()));
    }
    pip(words, ofUser());
    var packages = new ArrayList<PackageLock.Pinned>();
    for (var name : files.list(place)) {
      packages.add(PackageLock.fetched(name, TreeHash.ofFile(files, place.resolve(name))));
    }
    return new PackageLock(packages);
  }

  private Map<String, String> ofUser() {
    var all = new LinkedHashMap<String, String>();
    for (var name : OF_USER) {
      effects.environment().get(name).ifPresent(value -> all.put(name, value));
    }
    var index = how.index();
    if (index != null) {
      all.put("PIP_INDEX_URL", index);
    }
    return all;
  }

  /** Installs what was fetched, by its hashes. */
  void install(PackageLock fetched) throws InterruptedException {
    // Python compiles what is used, when it is used: all of it would take longer than the rest.
    var words =
        new ArrayList<>(List.of("install", "--no-compile", "--no-deps", "--require-hashes"));
    words.add("--requirement=" + lock(fetched));
    words.add("--find-links=" + folder.resolve("fetched"));
    if (how.buildsSources()) { // what builds them is had from the index
      pip(words, ofUser());
    } else {
      words.add("--no-index");
      pip(words, Map.of("PIP_CONFIG_FILE", "/dev/null"));
    }
    effects.files().deleteTree(folder.resolve("fetched"));
  }

  private Path lock(PackageLock packages) {
    var file = folder.resolve("requirements.lock");
    effects.files().write(file, packages.text().getBytes(StandardCharsets.UTF_8), FileMode.PRIVATE);
    return file;
  }

  private void pip(List<String> words, Map<String, String> environment)
      throws InterruptedException {
    var command = new ArrayList<String>();
    command.add(folder.resolve("bin/python").toString());
    command.addAll(List.of("-I", "-m", "pip", "--no-input", "--disable-pip-version-check"));
    command.add("--no-color");
    command.addAll(words);
    if (!how.buildsSources()) {
      command.add("--only-binary=:all:");
    }
    run(ProcessRequest.of(command).withEnvironment(environment));
  }

  /** Where a program of what was installed is. */
  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  private void run(ProcessRequest request) throws InterruptedException {
    var timed = how.timeout() == null ? request : request.timeout(how.timeout());
    var outcome = effects.processes().run(timed.in(folder));
    if (!outcome.succeeded()) {
      var said = outcome.errorText().isBlank() ? outcome.outputText() : outcome.errorText();
      throw new HearthException(AnsibleError.INSTALL_FAILED, what, Programs.sentence(said))
          .with("status", outcome.exitStatus())
          .with("stderr", Programs.excerpt(said));
    }
  }
}
