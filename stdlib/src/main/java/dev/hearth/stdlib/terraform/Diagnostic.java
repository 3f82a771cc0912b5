package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * An error or a warning of Terraform.
 *
 * @param severity {@code error} or {@code warning}
 * @param file in the module's folder; null where it concerns no file
 * @param line counted from 1; null as {@code file}
 * @param code the line itself
 * @param address of the resource that it concerns
 */
record Diagnostic(
    String severity,
    String summary,
    String detail,
    @Nullable String file,
    @Nullable Integer line,
    @Nullable Integer column,
    @Nullable String code,
    @Nullable String address) {
  static Diagnostic of(JsonNode said) {
    // The file with the values of a recipe is none of its own, and secrets stand in its only line.
    boolean isOfValues =
        said.path("range").path("filename").asText().endsWith("/" + PlanFiles.VALUES);
    var range = isOfValues ? MissingNode.getInstance() : said.path("range");
    var start = range.path("start");
    return new Diagnostic(
        said.path("severity").asText("error"),
        said.path("summary").asText(),
        said.path("detail").asText(),
        range.isObject() ? range.path("filename").asText() : null,
        range.isObject() ? start.path("line").asInt() : null,
        range.isObject() ? start.path("column").asInt() : null,
        range.isObject() ? said.path("snippet").path("code").asText(null) : null,
        said.path("address").asText(null));
  }

  /** The same without values that must not be shown. */
  Diagnostic without(SensitiveValues hidden) {
    return new Diagnostic(
        severity,
        hidden.masked(summary),
        hidden.masked(detail),
        file,
        line,
        column,
        code == null ? null : hidden.masked(code),
        address);
  }

  boolean isError() {
    return severity.equals("error");
  }

  /** In a sentence. */
  String sentence() {
    var place = file == null ? "" : " (" + file + ":" + line + ")";
    return summary.replaceFirst("\\.$", "") + place;
  }
}
