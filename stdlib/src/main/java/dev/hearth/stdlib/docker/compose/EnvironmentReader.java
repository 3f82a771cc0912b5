package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.Files;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The environment of a service: its files, and over them what stands in the model. */
final class EnvironmentReader {
  private static final Shape FILE =
      Shape.object(
          "an environment file",
          Map.of(
              "path", Scalars::text,
              "required", Scalars::flag,
              "format", Scalars.oneOf("raw")),
          Set.of());

  private final Folder folder;
  private final Files files;
  private final Variables variables;

  EnvironmentReader(Folder folder, Files files, Variables variables) {
    this.folder = folder;
    this.files = files;
    this.variables = variables;
  }

  /** A name without a value is taken from the variables, and stays without where there is none. */
  JsonNode environment(Value value) {
    var environment = (ObjectNode) Scalars.named(value);
    environment
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isNull()) {
                variables
                    .find(each.getKey())
                    .ifPresent(found -> each.setValue(Shape.NODES.textNode(found)));
              }
            });
    return environment;
  }

  /** The variables of all files; of two with one name, the later one counts. */
  ObjectNode ofFiles(Value value) {
    var environment = Shape.NODES.objectNode();
    for (var item : Shape.sequence(value).items()) {
      var file =
          item instanceof Mapping
              ? (ObjectNode) FILE.read(item)
              : Shape.NODES.objectNode().put("path", Scalars.word(item));
      read(item, file).forEach(environment::put);
    }
    return environment;
  }

  private Map<String, String> read(Value item, ObjectNode file) {
    var path = Path.of(folder.path(file.path("path").asText()));
    boolean isRequired = file.path("required").asBoolean(true);
    String text;
    try {
      text = files.readText(path);
    } catch (HearthException e) {
      if (e.code() != FileError.NOT_FOUND) {
        throw e;
      }
      if (!isRequired) {
        return Map.of();
      }
      throw item.place()
          .error(
              ComposeError.COMPOSE_REFERENCE,
              "file",
              item instanceof Scalar(_, _, _, String name) ? name : file.path("path").asText())
          .hint("Make the file, or write `{ path: …, required: false }`.")
          .causedBy(e);
    }
    return file.path("format").asText("").equals("raw")
        ? EnvFile.raw(path.toString(), text, variables)
        : EnvFile.read(path.toString(), text, variables);
  }
}
