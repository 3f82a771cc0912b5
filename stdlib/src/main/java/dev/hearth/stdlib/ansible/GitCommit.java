package dev.hearth.stdlib.ansible;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which commit a name of a repository stands for. */
final class GitCommit {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private final Git git;

  GitCommit(Git git) {
    this.git = git;
  }

  /**
   * The commit of a tag, a branch or of the head, or one itself; the repository is asked, and
   * nothing is fetched. Empty where it has none of that name.
   */
  Optional<String> of(String repository, @Nullable String version) throws InterruptedException {
    var name = version == null ? "HEAD" : version;
    if (COMMIT.matcher(name).matches()) {
      return Optional.of(name);
    }
    var address = repository.replaceFirst("#.*$", "");
    var said = git.run(Project.TEMPORARY, "ls-remote", "--", address, name, name + "^{}");
    Map<String, String> commits = new HashMap<>();
    said.lines()
        .map(line -> line.split("\t", 2))
        .filter(words -> words.length == 2 && COMMIT.matcher(words[0]).matches())
        .forEach(words -> commits.put(words[1], words[0]));
    return List.of("refs/tags/" + name + "^{}", "refs/tags/" + name, "refs/heads/" + name, name)
        .stream()
        .map(commits::get)
        .filter(Objects::nonNull)
        .findFirst();
  }
}
