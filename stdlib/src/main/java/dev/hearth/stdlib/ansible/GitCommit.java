package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.permission.VisibleText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which commit a name of a repository stands for. */
final class GitCommit {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private final Programs programs;

  GitCommit(Programs programs) {
    this.programs = programs;
  }

  /**
   * The commit of a tag, a branch or of the head; the repository is asked, and nothing is fetched.
   */
  String of(String repository, @Nullable String version) throws InterruptedException {
    var name = version == null ? "HEAD" : version;
    if (COMMIT.matcher(name).matches()) {
      return name;
    }
    var address = repository.replaceFirst("#.*$", "");
    var request =
        ProcessRequest.of(List.of("git", "ls-remote", "--", address, name, name + "^{}"))
            .variable("GIT_TERMINAL_PROMPT", "0");
    var said = programs.output("git", request).outputText();
    Map<String, String> commits = new HashMap<>();
    said.lines()
        .map(line -> line.split("\t", 2))
        .filter(words -> words.length == 2 && COMMIT.matcher(words[0]).matches())
        .forEach(words -> commits.put(words[1], words[0]));
    return List.of("refs/tags/" + name + "^{}", "refs/tags/" + name, "refs/heads/" + name, name)
        .stream()
        .map(commits::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(
            () ->
                new HearthException(
                    AnsibleError.REQUIREMENT,
                    VisibleText.of("`" + address + "` has no `" + name + "`")));
  }
}
