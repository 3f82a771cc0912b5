package dev.hearth.stdlib.toml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Interruption;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.Op;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** TOML to JSON and back. */
final class TomlPureOps {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(TomlReader.DEEPEST)
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .build())
                  .streamWriteConstraints(
                      StreamWriteConstraints.builder()
                          .maxNestingDepth(2 * TomlReader.DEEPEST + 1) // a list around each table
                          .build())
                  .build())
          .build();

  /**
   * How to read.
   *
   * @param name what errors call the text
   */
  record Read(@Nullable String name) {
    String shown() {
      return name == null ? "The text" : "`" + name + "`";
    }
  }

  @Op(pure = true)
  JsonText parse(Read how, String text) throws IOException {
    var table = new TomlReader(new TomlText(text, how.shown())).read();
    var out = new StringBuilder(text.length());
    try (var json = JSON.createGenerator(Interruption.writer(out))) {
      table.write(json);
    }
    return new JsonText(out.toString());
  }

  /** How to write: there is nothing to choose. */
  record Write() {}

  /** Takes the value as JSON. */
  @Op(pure = true)
  String stringify(Write how, String json) throws IOException {
    try {
      return new TomlWriter().text(JSON.readTree(Interruption.reader(json)));
    } catch (JsonParseException e) {
      throw new HearthException(TomlError.NOT_JSON).causedBy(e);
    } catch (StreamConstraintsException e) {
      throw new HearthException(TomlError.VALUE_TOO_DEEP, TomlReader.DEEPEST).causedBy(e);
    }
  }
}
