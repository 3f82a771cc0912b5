package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.json.FieldSelection;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watch as a recipe reads it: events in batches, with the fields that it wants. */
final class WatchStream implements OpStream<JsonText> {
  private final Watch watch;
  private final FieldSelection selection;

  WatchStream(Watch watch, FieldSelection selection) {
    this.watch = watch;
    this.selection = selection;
  }

  @Override
  public @Nullable JsonText next() throws InterruptedException {
    var events = watch.next();
    return events.isEmpty() ? null : text(events);
  }

  private JsonText text(List<Watch.Event> events) {
    var text = new StringWriter();
    try (var generator = ApiServer.MAPPER.createGenerator(text)) {
      generator.writeStartArray();
      for (var event : events) {
        generator.writeStartObject();
        generator.writeStringField("type", event.type());
        generator.writeFieldName("object");
        try (var object = ApiServer.MAPPER.treeAsTokens(event.object())) {
          object.nextToken();
          new ObjectCopy(selection, SecretMask.isSecret(event.object()))
              .copy(object, generator, null);
        }
        generator.writeEndObject();
      }
      generator.writeEndArray();
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory does not fail.", e);
    }
    return new JsonText(text.toString());
  }

  @Override
  public void close() {
    watch.close();
  }
}
