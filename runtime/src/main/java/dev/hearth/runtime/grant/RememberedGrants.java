package dev.hearth.runtime.grant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.module.Imprint;
import dev.hearth.runtime.permission.Need;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What the user allowed one recipe for good: to a file at its place, with a content, and with what
 * it said it would do. A copy elsewhere is another recipe, since paths that it declares lead
 * elsewhere from there.
 *
 * @param recipe its real path
 * @param imprint its files as they were
 * @param allowed what was allowed, in the order of the recipe's declaration
 */
public record RememberedGrants(Path recipe, Imprint imprint, List<Allowed> allowed) {
  public RememberedGrants {
    allowed = List.copyOf(allowed);
  }

  /**
   * One permission.
   *
   * @param permission in its canonical form
   * @param words what the user was told that it allows, such as where a connection leads
   * @param since when it was allowed
   */
  public record Allowed(String permission, String words, Instant since) {
    boolean answers(Need need) {
      return permission.equals(need.permission().toString()) && words.equals(need.words());
    }
  }

  /** Adds {@code {files, allowed: [{permission, words, since}]}}, as it is stored and shown. */
  public void writeTo(ObjectNode json) {
    var files = json.putObject("files");
    imprint.files().forEach((file, hash) -> files.put(file.toString(), hash));
    var list = json.putArray("allowed");
    for (var each : allowed) {
      list.addObject()
          .put("permission", each.permission())
          .put("words", each.words())
          .put("since", each.since().toString());
    }
  }

  /** Those of {@code needs} that were allowed, and mean what they meant. */
  public List<Need> answered(List<Need> needs) {
    return needs.stream()
        .filter(need -> allowed.stream().anyMatch(each -> each.answers(need)))
        .toList();
  }

  /**
   * What would be done now under a permission that was allowed for something else: the default
   * connection is another one, or leads elsewhere.
   */
  public List<String> shifts(List<Need> needs) {
    return needs.stream()
        .filter(need -> allowed.stream().noneMatch(each -> each.answers(need)))
        .filter(
            need ->
                allowed.stream()
                    .anyMatch(each -> each.permission().equals(need.permission().toString())))
        .map(
            need -> "`" + need.permission() + "` means to " + need.words() + " now; it has changed")
        .toList();
  }
}
