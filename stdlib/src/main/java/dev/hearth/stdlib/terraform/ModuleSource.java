package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a module comes from, as a {@code module} block has it: a repository of git, a registry, an
 * archive. What of it a program could take for an option, Terraform for something to compute, or
 * anybody for a path of this machine, is refused.
 *
 * @param version which versions of a registry's will do
 */
record ModuleSource(String source, @Nullable String version) {
  private static final Pattern WORDS = Pattern.compile("[^\\p{Cntrl}]{1,2000}");
  private static final Pattern COMPUTED = Pattern.compile("[$%]\\{");
  private static final Pattern OPTION = Pattern.compile("(^|::|//([^/@]*@)?|[?&][a-z]+=)-");
  private static final Pattern LOCAL = Pattern.compile("(?i)[./~].*|file:.*|[a-z]:[\\\\/].*");
  private static final Pattern PASSWORD = Pattern.compile("//[^/@:]*:[^/@]*@");
  private static final Pattern VERSIONS = Pattern.compile("[0-9A-Za-z.,<>=!~+ -]{1,200}");

  ModuleSource {
    if (!WORDS.matcher(source).matches() || COMPUTED.matcher(source).find()) {
      throw wrong(source, "it is no address of a module");
    }
    if (OPTION.matcher(source).find()) {
      throw wrong(source, "a part of it would be an option");
    }
    if (LOCAL.matcher(source).matches()) {
      throw wrong(source, "it is on this machine: `modules({ dir })` reads that");
    }
    if (PASSWORD.matcher(source).find()) {
      throw wrong(
          PASSWORD.matcher(source).replaceAll("//***@"),
          "its password would be in lists of processes; have git or Terraform know it");
    }
    if (version != null && !VERSIONS.matcher(version).matches()) {
      throw wrong(version, "it says no versions");
    }
  }

  private static HearthException wrong(String text, String why) {
    return new HearthException(TerraformError.OPTION_VALUE, "`" + VisibleText.of(text) + "`", why);
  }

  /** The source of a module below it, as Terraform takes it. */
  String below(String path) {
    if (path.equals(".")) {
      return source;
    }
    int query = source.indexOf('?');
    var head = query < 0 ? source : source.substring(0, query);
    var tail = query < 0 ? "" : source.substring(query);
    var isBelow = head.replaceFirst("^.*?://", "").contains("//");
    return head.replaceFirst("/+$", "") + (isBelow ? "/" : "//") + path + tail;
  }

  String shown() {
    return VisibleText.of(source);
  }
}
