package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a playbook is run.
 *
 * @param inventory files and folders; none: those that the user configured
 * @param hosts an inventory as data, in the structure of YAML inventories
 * @param limit a pattern of hosts
 * @param check whether nothing is changed
 * @param diff whether differences are told
 * @param startAt the name of the first task
 * @param user who logs in
 * @param timeout how long all of it may take
 */
record PlayRequest(
    @Nullable List<String> inventory,
    @Nullable ObjectNode hosts,
    @Nullable String limit,
    @Nullable List<String> tags,
    @Nullable List<String> skipTags,
    @Nullable ObjectNode extraVars,
    @Nullable Boolean become,
    @Nullable String becomeUser,
    @Nullable Boolean check,
    @Nullable Boolean diff,
    @Nullable List<VaultKey> vault,
    @Nullable Integer forks,
    @Nullable String startAt,
    @Nullable String user,
    @Nullable Duration timeout) {

  /** The words of the command; what is secret goes into private files. */
  List<String> words(Programs programs, PrivateFolder folder) {
    var words = inventories(programs, folder, inventory, hosts);
    option(words, "--limit", pattern("limit", limit));
    list(words, "--tags", "tags", tags);
    list(words, "--skip-tags", "skipTags", skipTags);
    if (extraVars != null) {
      words.add("--extra-vars=@" + folder.json("variables", extraVars));
    }
    flag(words, "--become", become);
    option(words, "--become-user", text("becomeUser", becomeUser));
    flag(words, "--check", check);
    flag(words, "--diff", diff);
    keys(words, programs, folder, vault);
    if (forks != null && forks < 1) {
      throw new HearthException(AnsibleError.OPTION, "forks", "cannot be less than 1");
    }
    option(words, "--forks", forks);
    option(words, "--start-at-task", text("startAt", startAt));
    option(words, "--user", text("user", user));
    return words;
  }

  static List<String> inventories(
      Programs programs,
      PrivateFolder folder,
      @Nullable List<String> sources,
      @Nullable ObjectNode hosts) {
    var words = new ArrayList<String>();
    for (var source : sources == null ? List.<String>of() : sources) {
      words.add("--inventory=" + source(programs, source));
    }
    if (hosts != null) {
      words.add("--inventory=" + folder.json("inventory", InventoryData.of(hosts)));
    }
    return words;
  }

  /** To Ansible, what has a comma is a list of hosts. */
  private static Path source(Programs programs, String source) {
    var path = programs.readable("inventory", source);
    if (path.toString().contains(",")) {
      throw new HearthException(
          AnsibleError.OPTION, "inventory", "is a path with a comma, which Ansible cannot read");
    }
    return path;
  }

  static void keys(
      List<String> words, Programs programs, PrivateFolder folder, @Nullable List<VaultKey> keys) {
    for (var key : keys == null ? List.<VaultKey>of() : keys) {
      words.add(key.word(programs, folder));
    }
  }

  /** A pattern of hosts; with {@code @} before it Ansible would read a file that nobody granted. */
  static @Nullable String pattern(String option, @Nullable String pattern) {
    var text = text(option, pattern);
    if (text != null && text.contains("@")) {
      throw new HearthException(
          AnsibleError.OPTION, option, "has `@`, with which Ansible reads a file");
    }
    return text;
  }

  private static @Nullable String text(String option, @Nullable String text) {
    if (text != null && text.isBlank()) {
      throw new HearthException(AnsibleError.OPTION, option, "is empty");
    }
    return text;
  }

  private static void list(
      List<String> words, String flag, String option, @Nullable List<String> all) {
    if (all == null || all.isEmpty()) {
      return;
    }
    for (var one : all) {
      if (one.isBlank() || one.contains(",")) {
        throw new HearthException(
            AnsibleError.OPTION, option, "has a tag that is empty or has a comma");
      }
    }
    words.add(flag + "=" + String.join(",", all));
  }

  private static void option(List<String> words, String name, @Nullable Object value) {
    if (value != null) {
      words.add(name + "=" + value);
    }
  }

  private static void flag(List<String> words, String name, @Nullable Boolean value) {
    if (Boolean.TRUE.equals(value)) {
      words.add(name);
    }
  }
}
