package dev.hearth.runtime.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.ErrorJson;
import dev.hearth.runtime.storage.JsonText;
import org.jspecify.annotations.Nullable;

/** What becomes of a step, as bootstrap.js reads it: {@code {is, result, handles, error}}. */
final class StepEntryJson {
  private StepEntryJson() {}

  /** {@code null} for what nearly all steps are: work. */
  static @Nullable String of(StepEntry entry) {
    return switch (entry) {
      case StepEntry.Work() -> null;
      case StepEntry.Find() -> JsonText.of(is("find"));
      case StepEntry.Pause() -> JsonText.of(is("pause"));
      case StepEntry.Failed(var error) -> is("failed").set("error", ErrorJson.of(error)).toString();
      case StepEntry.Done(var result, var handles) -> {
        var json = is("done");
        if (result != null) {
          json.set("result", result);
        }
        if (handles != null) {
          json.set("handles", handles);
        }
        yield JsonText.of(json);
      }
    };
  }

  static String refused(HearthException e) {
    return is("refused").set("error", ErrorJson.of(ErrorReport.of(e))).toString();
  }

  private static ObjectNode is(String what) {
    return JsonNodeFactory.instance.objectNode().put("is", what);
  }
}
