package dev.hearth.stdlib.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.Op;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** YAML to JSON and back. */
final class YamlPureOps {
  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(YamlReader.DEEPEST)
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  /** What to do with tags of other people's making. */
  enum Tags {
    refuse,
    ignore
  }

  /**
   * How to read.
   *
   * @param name what errors call the text
   * @param version {@code 1.2}, or {@code 1.1} where {@code no} is false
   */
  record Read(@Nullable String name, @Nullable Version version, @Nullable Tags tags) {}

  @Op(pure = true)
  JsonText parse(Read how, String text) {
    return new JsonText(new YamlReader(text, how).one());
  }

  @Op(pure = true)
  JsonText parseAll(Read how, String text) {
    return new JsonText(new YamlReader(text, how).all());
  }

  /**
   * One change of a text.
   *
   * @param path the names and indices that lead to the value
   * @param json the new value; null: what is there is removed
   */
  record Change(
      @Nullable String name,
      @Nullable Version version,
      @Nullable Tags tags,
      List<String> path,
      @Nullable String json) {}

  @Op(pure = true)
  String change(Change change, String text) throws IOException {
    var how = new Read(change.name(), change.version(), change.tags());
    try {
      var value = change.json() == null ? null : JSON.readTree(change.json());
      return new YamlEdit(text, how, change.path(), value).changed();
    } catch (StreamConstraintsException e) {
      throw new HearthException(YamlError.VALUE_TOO_DEEP, YamlReader.DEEPEST).causedBy(e);
    }
  }

  /**
   * How to write.
   *
   * @param indent spaces of one level
   * @param sortKeys whether keys are in the order of the alphabet
   */
  record Write(int indent, boolean sortKeys) {
    Write {
      if (indent < 1 || indent > 8) {
        throw new IllegalArgumentException("`indent` is 1 to 8, not " + indent + ".");
      }
    }
  }

  /** Takes the value as JSON. */
  @Op(pure = true)
  String stringify(Write how, String json) throws IOException {
    try {
      return new YamlWriter(how).text(JSON.readTree(json));
    } catch (StreamConstraintsException e) {
      throw new HearthException(YamlError.VALUE_TOO_DEEP, YamlReader.DEEPEST).causedBy(e);
    }
  }
}
