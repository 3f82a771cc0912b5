package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Terraform would do. Sensitive values are not in it.
 *
 * @param id the name by which it is applied
 * @param changed whether anything is to be done
 * @param drift what was changed outside of Terraform
 */
record Plan(
    String id,
    boolean changed,
    List<Change> changes,
    List<Change> drift,
    List<OutputChange> outputs,
    List<Diagnostic> diagnostics) {

  /**
   * A change of one resource.
   *
   * @param action {@code create}, {@code update}, {@code replace}, {@code delete}, {@code read} or
   *     {@code forget}
   * @param reason why, in Terraform's own word
   */
  record Change(
      String address,
      String type,
      String name,
      String action,
      @Nullable String reason,
      List<Attribute> attributes) {}

  /**
   * A value that differs.
   *
   * @param path such as {@code disks[0].size}
   * @param before null where there is none, or it is sensitive
   * @param after as {@code before}; null where it is known only when it is applied
   * @param replaces whether this is why the resource is made anew
   */
  record Attribute(
      String path,
      @Nullable JsonNode before,
      @Nullable JsonNode after,
      boolean unknown,
      boolean sensitive,
      boolean replaces) {}

  /** An output that differs. */
  record OutputChange(
      String name,
      String action,
      boolean sensitive,
      boolean unknown,
      @Nullable JsonNode before,
      @Nullable JsonNode after) {}
}
