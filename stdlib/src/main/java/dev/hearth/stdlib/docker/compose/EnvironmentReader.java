package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.Files;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

  private final Files files;

  EnvironmentReader(Files files) {
    this.files = files;
  }

  /** A name without a value is taken from the variables, and stays without where there is none. */
  JsonNode environment(Value value) {
    var environment = (ObjectNode) Scalars.named(value);
    environment
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isNull()) {
                var entry = Shape.mapping(value).entries().get(each.getKey());
                var origin = (entry == null ? value.place() : entry.key()).origin();
                origin
                    .variables()
                    .find(each.getKey())
                    .ifPresent(found -> each.setValue(Shape.NODES.textNode(found)));
              }
            });
    return environment;
  }

  /**
   * The variables of all files; of two with one name, the later one counts. A file may name those
   * of the files before it.
   */
  ObjectNode ofFiles(Value value) {
    var found = new LinkedHashMap<String, String>();
    Findings.each(
        Shape.sequence(value).items(),
        item -> {
          var file =
              item instanceof Mapping
                  ? (ObjectNode) FILE.read(item)
                  : Shape.NODES.objectNode().put("path", Scalars.word(item));
          var variables = item.place().origin().variables().within();
          variables.addFile(found);
          found.putAll(read(item, file, variables));
        });
    var environment = Shape.NODES.objectNode();
    found.forEach(environment::put);
    return environment;
  }

  private Map<String, String> read(Value item, ObjectNode file, Variables variables) {
    if (file.path("path").asText("").isEmpty()) {
      throw Shape.wrong(item, "an environment file with its `path`", "Add `path: ./web.env`.");
    }
    var path = Path.of(item.place().resolved(file.path("path").asText()));
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
