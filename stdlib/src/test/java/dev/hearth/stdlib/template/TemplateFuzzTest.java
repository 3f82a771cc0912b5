package dev.hearth.stdlib.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.stdlib.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is a template. */
class TemplateFuzzTest {
  @Test
  void whatever_is_rendered_is_a_text_or_an_error_with_a_place() throws Exception {
    var data =
        new ObjectMapper().readTree("{\"a\":{\"b\":[1,\"x\"]},\"list\":[1,2],\"t\":\"text\"}");
    var fuzz =
        new Fuzz(
            List.of(
                "{% for x in list %}\n  {{ x }}{% if loop.first and not t %}!{% else %}?{% endif %}\n{% endfor %}\n",
                "{{ a.b[0] | default('x') }} {{- t | upper | replace('T', 'y') -}} {# c #}",
                "{% for k, v in a %}{{ k }}{{ v | json }}{% else %}none{% endfor %}",
                "{% raw %}{{ x }}{% endraw %}{% if a is defined or 1 < 2 %}{{ list | sort | join(',') }}{% endif %}"),
            "{}%#|-.,()[]'\"<>=!\\ \n\tandornotinisif0123456789");
    assertThat(
            fuzz.run(
                text -> new TemplatePureOps().render(new TemplatePureOps.Render(data, null), text)))
        .isPositive();
  }
}
