package dev.hearth.stdlib.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.spi.Op;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** Templates filled with values. */
final class TemplatePureOps {
  /**
   * What to fill in.
   *
   * @param name what errors call the template
   */
  record Render(JsonNode data, @Nullable String name) {}

  @Op(pure = true)
  String render(Render request, String text) throws InterruptedIOException {
    var source =
        new TemplateSource(
            text, request.name() == null ? "The template" : "`" + request.name() + "`");
    var out = new Rendering(source, request.data());
    out.render(new TemplateParser(source).parse());
    return out.text();
  }
}
