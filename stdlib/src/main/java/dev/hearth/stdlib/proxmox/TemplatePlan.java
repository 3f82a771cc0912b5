package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is there and what is to be done. Whoever follows a plan can take back just what following it
 * has done, whenever it ended: a new VM bears {@code build}, and {@code before} says what stood
 * where a template is changed.
 *
 * @param existing the template that is there already; null when there is none
 * @param image the volume id of the image
 * @param build stands in the mark of what is built by this plan; null when nothing is to be built
 * @param differences in what the template differs, for people: {@code memory 2048 -> 4096}
 * @param actions what is left to do, in order; empty when nothing is
 * @param before the options that are to be changed, as they are; null for one that is not there
 */
record TemplatePlan(
    String name,
    @Nullable Vm existing,
    String image,
    @Nullable String build,
    List<String> differences,
    List<String> actions,
    @Nullable JsonNode before) {

  static final String DOWNLOAD = "download";
  static final String CHANGE = "change";

  /** A VM by its names. */
  record Vm(long vmid, String node) {}

  boolean downloads() {
    return actions.contains(DOWNLOAD);
  }
}
