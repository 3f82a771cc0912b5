package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.stdlib.json.FieldSelection;
import java.io.IOException;
import java.io.Writer;

/**
 * What a watch tells as the JSON that recipes get: copied while it is read, with what is wanted.
 */
final class EventText implements WatchListener {
  private static final int AT_ONCE = 1000;
  private static final int LONG = 1 << 20;
  private static final SerializedString TYPE = new SerializedString("type");
  private static final SerializedString OBJECT = new SerializedString("object");

  private final ObjectCopy copy;
  private StringBuilder text = new StringBuilder();
  private int events;

  EventText(FieldSelection selection, boolean isSecret) {
    this.copy = new ObjectCopy(selection, isSecret);
  }

  @Override
  public ObjectIdentity hear(String type, JsonParser object) throws IOException {
    int begin = text.length();
    boolean isWhole = false;
    text.append(events == 0 ? '[' : ',');
    try (var generator = generator()) {
      generator.writeStartObject();
      generator.writeFieldName(TYPE);
      generator.writeString(type);
      generator.writeFieldName(OBJECT);
      var identity = copy.copy(object, generator, null);
      generator.writeEndObject();
      events++;
      isWhole = true;
      return identity;
    } finally {
      if (!isWhole) {
        text.setLength(begin);
      }
    }
  }

  private JsonGenerator generator() throws IOException {
    // What fails leaves objects open, which are not to be closed as if nothing had happened.
    return ApiServer.MAPPER
        .createGenerator(new Appending(text))
        .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
  }

  /** Writes at the end of a text. */
  private static final class Appending extends Writer {
    private final StringBuilder text;

    private Appending(StringBuilder text) {
      this.text = text;
    }

    @Override
    public void write(char[] source, int offset, int length) {
      text.append(source, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Override
  public boolean hasHeard() {
    return events > 0;
  }

  @Override
  public boolean isFull() {
    return events >= AT_ONCE || text.length() >= LONG;
  }

  /** What was heard, once. */
  JsonText take() {
    var taken = new JsonText(text.append(']').toString());
    text = new StringBuilder();
    events = 0;
    return taken;
  }
}
