package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A repository of git that has playbooks.
 *
 * @param address a URL, or {@code user@host:path}
 * @param ref a tag, a branch or a commit; null: the head
 * @param folder of the playbooks in it; empty: its root
 */
record Repository(String address, @Nullable String ref, String folder) {
  private static final Pattern URL =
      Pattern.compile(
          "(?:https?|ssh|git|file)://[^\\s\\p{Cntrl}]+|[A-Za-z0-9_.-]+@[A-Za-z0-9_.-]+:[^\\s\\p{Cntrl}]+");

  private static final Pattern PASSWORD = Pattern.compile("[a-z]+://[^/@]*:[^/@]*@.*");

  /** What git takes as a name, and not for an option or an expression. */
  private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+/-]{0,199}");

  Repository {
    if (!URL.matcher(address).matches()) {
      throw wrong(
          "repository", "is no URL of `https`, `ssh`, `git` or `file`, nor `user@host:path`");
    }
    if (PASSWORD.matcher(address).matches()) {
      throw wrong("repository", "has a password; let git know it, by a key or a credential helper");
    }
    if (ref != null && (!REF.matcher(ref).matches() || ref.contains(".."))) {
      throw wrong("ref", "is no tag, branch or commit");
    }
  }

  private static HearthException wrong(String field, String why) {
    return new HearthException(AnsibleError.OPTION, field, why).with("field", field);
  }
}
