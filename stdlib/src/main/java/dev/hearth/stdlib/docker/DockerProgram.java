package dev.hearth.stdlib.docker;

import dev.hearth.runtime.effect.ProcessRequest;
import java.util.LinkedHashMap;
import java.util.List;

/** Docker's own program and its plug-ins, for what the Engine API does not do. */
final class DockerProgram {
  private DockerProgram() {}

  /**
   * A run of it that speaks to the connection's engine, with the user's configuration of Docker.
   */
  static ProcessRequest at(Engine engine, List<String> command) {
    var configuration = engine.configuration();
    var variables = new LinkedHashMap<String, String>();
    variables.put(
        "DOCKER_HOST", configuration.address().toString().replaceFirst("^https:", "tcp:"));
    if (configuration.isSecure()) {
      variables.put("DOCKER_TLS_VERIFY", "1");
    }
    configuration
        .certificates()
        .ifPresent(
            files -> variables.put("DOCKER_CERT_PATH", String.valueOf(files.ca().getParent())));
    engine
        .configurationFolder()
        .ifPresent(folder -> variables.put("DOCKER_CONFIG", folder.toString()));
    return ProcessRequest.of(command).withEnvironment(variables);
  }
}
