package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far applying a plan came before it failed. What was done stands in the state.
 *
 * @param done in the order in which it was done; what is made anew is deleted and created
 * @param failed what was begun and went wrong
 * @param left what of the plan was not done, or not to its end
 */
record ApplyReport(List<Deed> done, List<Deed> failed, List<String> left) {
  /** Something done to a resource, such as {@code create}. */
  record Deed(String address, String action) {}

  static ApplyReport of(List<Plan.Change> planned, UiLog log) {
    var done = deeds(log, "apply_complete");
    var left = new ArrayList<String>();
    for (var change : planned) {
      if (!deeds(change).stream().allMatch(done::contains)) {
        left.add(change.address());
      }
    }
    return new ApplyReport(done, deeds(log, "apply_errored"), left);
  }

  private static List<Deed> deeds(UiLog log, String type) {
    return log.ofType(type)
        .map(message -> message.path("hook"))
        .map(
            hook ->
                new Deed(hook.path("resource").path("addr").asText(), hook.path("action").asText()))
        .toList();
  }

  /** What a change takes; nothing of what is read or only forgotten is told. */
  private static List<Deed> deeds(Plan.Change change) {
    return switch (change.action()) {
      case "replace" ->
          List.of(new Deed(change.address(), "delete"), new Deed(change.address(), "create"));
      case "create", "update", "delete" -> List.of(new Deed(change.address(), change.action()));
      default -> List.of();
    };
  }

  HearthException in(HearthException error) {
    return error.with("done", done).with("failed", failed).with("left", left);
  }
}
