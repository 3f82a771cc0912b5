package dev.hearth.stdlib.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Interruption;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.TextPlace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the engine's own JSON cannot do: say where a text is wrong, and read comments. */
final class JsonPureOps {
  private static final int DEEPEST = 1_000;

  private static final JsonFactory STRICT =
      JsonFactory.builder().streamReadConstraints(sizes()).build();

  private static final JsonFactory WITH_COMMENTS =
      JsonFactory.builder()
          .streamReadConstraints(sizes())
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private static StreamReadConstraints sizes() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(DEEPEST)
        .maxStringLength(Integer.MAX_VALUE)
        .maxNameLength(Integer.MAX_VALUE)
        .maxNumberLength(Integer.MAX_VALUE)
        .build();
  }

  /**
   * What the text is called.
   *
   * @param name for errors
   */
  record Named(@Nullable String name) {
    String shown() {
      return name == null ? "The text" : "`" + name + "`";
    }
  }

  /** Says where a text is wrong that the engine refused to read. */
  @Op(pure = true)
  JsonText parse(Named named, String text) throws IOException {
    return copy(STRICT, named, text);
  }

  /** JSON with comments and commas at the end, as plain JSON. */
  @Op(pure = true)
  JsonText withoutComments(Named named, String text) throws IOException {
    return copy(WITH_COMMENTS, named, text);
  }

  private static JsonText copy(JsonFactory factory, Named named, String text) throws IOException {
    var out = new StringBuilder(text.length());
    try (var in = factory.createParser(Interruption.reader(text));
        var json = STRICT.createGenerator(Interruption.writer(out))) {
      boolean whole = false;
      while (in.nextToken() != null) {
        if (whole) {
          throw wrong(named, text, in.currentTokenLocation(), "nothing stands after the value");
        }
        if (in.currentToken().isNumeric()) {
          json.writeNumber(in.getText()); // as it is written
        } else {
          json.copyCurrentEvent(in);
        }
        whole = in.getParsingContext().inRoot();
      }
      if (!whole) {
        throw wrong(named, text, in.currentLocation(), "there is no value");
      }
    } catch (StreamConstraintsException e) {
      throw new HearthException(JsonError.TOO_DEEP, named.shown(), DEEPEST).causedBy(e);
    } catch (JsonProcessingException e) {
      throw wrong(named, text, e.getLocation(), said(e)).causedBy(e);
    }
    return new JsonText(out.toString());
  }

  private static HearthException wrong(
      Named named, String text, @Nullable JsonLocation at, String what) {
    long offset = at == null ? 0 : Math.max(0, at.getCharOffset());
    var place = TextPlace.at(text, (int) Math.min(offset, text.length()));
    return place.in(
        new HearthException(JsonError.SYNTAX, named.shown(), place.line(), place.column(), what));
  }

  /** The library's sentence, without the names of its features and classes. */
  private static String said(JsonProcessingException e) {
    var message = e.getOriginalMessage();
    int end = message.indexOf(" (for ");
    var sentence = end < 0 ? message : message.substring(0, end);
    sentence = sentence.replaceAll(" \\(code \\d+(?: / 0x[0-9a-f]+)?\\)", "").replaceAll(" +", " ");
    sentence = sentence.replaceFirst("; (maybe|expected close marker|only regular).*$", "");
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1).strip();
  }
}
