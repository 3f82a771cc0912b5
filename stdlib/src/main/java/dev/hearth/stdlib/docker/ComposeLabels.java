package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The labels by which Compose, and Hearth as it does, knows what belongs to a project. */
final class ComposeLabels {
  static final String PROJECT = "com.docker.compose.project";
  static final String SERVICE = "com.docker.compose.service";
  static final String NUMBER = "com.docker.compose.container-number";
  static final String HASH = "com.docker.compose.config-hash";
  static final String IMAGE = "com.docker.compose.image";
  static final String ONE_OFF = "com.docker.compose.oneoff";
  static final String DEPENDS_ON = "com.docker.compose.depends_on";
  static final String FOLDER = "com.docker.compose.project.working_dir";
  static final String FILES = "com.docker.compose.project.config_files";
  static final String NETWORK = "com.docker.compose.network";
  static final String VOLUME = "com.docker.compose.volume";
  static final String VERSION = "com.docker.compose.version";

  private ComposeLabels() {}

  /** The filter of the API for what belongs to a project. */
  static ObjectNode filter(String project) {
    var filter = JsonNodeFactory.instance.objectNode();
    ArrayNode labels = filter.putArray("label");
    labels.add(PROJECT + "=" + project);
    return filter;
  }
}
