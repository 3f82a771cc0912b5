package dev.hearth.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.report.ErrorJson;
import dev.hearth.runtime.settings.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What one line of the log tells, before anything in it is masked.
 *
 * @param logger who tells it: a part of Hearth, or what a library calls its logger
 * @param said a JSON object with at least {@code message}
 */
record LogLine(LogLevel level, String logger, ObjectNode said) {

  static LogLine of(LogLevel level, String logger, String message) {
    return new LogLine(
        level, logger, JsonNodeFactory.instance.objectNode().put("message", message));
  }

  /** The same line with one more field. */
  LogLine with(String name, String value) {
    said.withObjectProperty("fields").put(name, value);
    return this;
  }

  /** The same line with one more field. */
  LogLine with(String name, int value) {
    said.withObjectProperty("fields").put(name, value);
    return this;
  }

  /** The same line with one more field. */
  LogLine with(String name, boolean value) {
    said.withObjectProperty("fields").put(name, value);
    return this;
  }

  /** The same line with an error that was meant: its code, and what else there is to it. */
  LogLine error(ErrorReport error) {
    said.set("error", ErrorJson.of(error));
    return this;
  }

  /** The same line with what nobody meant: its class, and its whole stack with all causes. */
  LogLine thrown(Throwable thrown) {
    said.withObjectProperty("error").put("exception", thrown.getClass().getName());
    return stack(thrown);
  }

  /** The same line with the stack of its error. */
  LogLine stack(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    said.withObjectProperty("error").put("stack", text.toString());
    return this;
  }
}
