package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Packages of Python, each with its version and the hashes that its file may have: in the form of a
 * file of requirements that {@code pip install --require-hashes} takes. Nothing else that may stand
 * in such a file is read: no options, no URLs, no paths.
 */
record PackageLock(List<Pinned> packages) {
  static final String CORE = "ansible-core";

  private static final Pattern LINE =
      Pattern.compile(
          "([A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?)==([0-9][A-Za-z0-9.!+]{0,63})((?:\\s+--hash=sha256:[0-9a-f]{64})+)");
  private static final Pattern HASH = Pattern.compile("sha256:([0-9a-f]{64})");
  private static final Pattern EXACT =
      Pattern.compile(
          "([A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?)==([0-9][A-Za-z0-9.!+]{0,63})");

  /** The names of files that pip fetches: wheels, and archives of sources. */
  private static final Pattern WHEEL =
      Pattern.compile("([A-Za-z0-9._]+)-([0-9][^-]*)(?:-[0-9][^-]*)?-[^-]+-[^-]+-[^-]+\\.whl");

  private static final Pattern SOURCES =
      Pattern.compile("(.+)-([0-9][^-]*)\\.(?:tar\\.gz|tgz|zip|tar\\.bz2)");

  /**
   * One of them.
   *
   * @param name as it is compared: small letters, with hyphens
   * @param sha256 of its file; several in a lock for several systems
   */
  record Pinned(String name, String version, List<String> sha256) {
    String requirement() {
      return name + "==" + version;
    }
  }

  /** A file of requirements with hashes, which somebody else may have made. */
  static PackageLock read(String file, String text) {
    var packages = new ArrayList<Pinned>();
    for (var line : text.replaceAll("\\\\\\r?\\n", " ").lines().toList()) {
      var said = line.replaceFirst("(?:^|\\s)#.*$", "").strip();
      if (said.isEmpty()) {
        continue;
      }
      var matcher = LINE.matcher(said);
      if (!matcher.matches()) {
        throw new HearthException(
            AnsibleError.PACKAGE_LOCK, VisibleText.of(file), VisibleText.of(said));
      }
      var hashes = HASH.matcher(matcher.group(3)).results().map(each -> each.group(1)).toList();
      packages.add(new Pinned(normal(matcher.group(1)), matcher.group(2), hashes));
    }
    return new PackageLock(packages);
  }

  /** A package that is asked for by name and version. */
  static Pinned asked(String text) {
    var matcher = EXACT.matcher(text);
    if (!matcher.matches()) {
      throw new HearthException(
          AnsibleError.OPTION, "with", "has a package that is not NAME==VERSION");
    }
    return new Pinned(normal(matcher.group(1)), matcher.group(2), List.of());
  }

  /** The package in a file that pip fetched. */
  static Pinned fetched(String fileName, String sha256) {
    var wheel = WHEEL.matcher(fileName);
    var matcher = wheel.matches() ? wheel : SOURCES.matcher(fileName);
    if (!matcher.matches()) {
      throw new HearthException(
          AnsibleError.PROGRAM_ANSWER, "pip download, " + VisibleText.of(fileName));
    }
    return new Pinned(normal(matcher.group(1)), matcher.group(2), List.of(sha256));
  }

  private static String normal(String name) {
    return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }

  Optional<Pinned> find(String name) {
    return packages.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** Whether these are exactly the packages that another lock allows. */
  boolean isAllowedBy(PackageLock other) {
    return packages.size() == other.packages.size()
        && packages.stream()
            .allMatch(
                mine ->
                    other
                        .find(mine.name())
                        .filter(theirs -> theirs.version().equals(mine.version()))
                        .filter(theirs -> theirs.sha256().containsAll(mine.sha256()))
                        .isPresent());
  }

  /** Whether a package is among them in the version that is asked for. */
  boolean has(Pinned asked) {
    return find(asked.name()).filter(one -> one.version().equals(asked.version())).isPresent();
  }

  String text() {
    return packages.stream()
        .sorted(Comparator.comparing(Pinned::name))
        .map(
            one ->
                one.sha256().stream()
                    .map(hash -> " --hash=sha256:" + hash)
                    .collect(Collectors.joining("", one.requirement(), "\n")))
        .collect(Collectors.joining());
  }
}
