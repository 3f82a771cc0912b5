package dev.hearth.stdlib.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.DataRecipe;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates and what they refuse. */
class TemplateTest {
  private static final String DATA =
      """
      {"name":"web","n":3,"yes":true,"no":false,"nothing":null,"empty":[],"list":["a","b"],"nums":[10,9],
       "o":{"k":"v","x y":"z"},"deep":[{"a":[1,2]}],"text":"l1\\nl2","quote":"it's"}
      """;

  private static String render(String text) throws Exception {
    return new TemplatePureOps()
        .render(new TemplatePureOps.Render(new ObjectMapper().readTree(DATA), null), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{{ name }}-{{n}}~web-3",
        "{{ o.k }}{{ o['x y'] }}{{ deep[0].a.1 }}~vz2",
        "{{ gone | default('d') }}~d",
        "{{ o.gone.more | default(n) }}~3",
        "{{ nothing | default('x') }}~x",
        "{{ list | join(', ') }}~a, b",
        "{{ nums | sort | first }}{{ list | last | upper }}~9B",
        "{{ o | json }}~{\"k\":\"v\",\"x y\":\"z\"}",
        "{{ list | length }}{{ name | length }}~23",
        "{{ quote | quote }}~'it'\\''s'",
        "{{ 'a}}b' }}~a}}b",
        "{{ text | indent(2) | replace('l', 'x') }}~`x1\n  x2`",
        "{{ yes }}{{ 1.50 }}{{ \"q\\\"\" }}~true1.50q\"",
        "{% if yes and not no %}A{% else %}B{% endif %}~A",
        "{% if n > 5 %}A{% elif n == 3 %}B{% endif %}~B",
        "{% if 'a' in list and 'we' in name and 'k' in o %}A{% endif %}~A",
        "{% if empty or nothing %}A{% else %}B{% endif %}~B",
        "{% if gone is defined %}A{% endif %}{% if o.k is defined and o.q.z is not defined %}B{% endif %}~B",
        "{% for x in list %}{{ loop.index }}{{ x }}{% if not loop.last %},{% endif %}{% endfor %}~1a,2b",
        "{% for k, v in o %}{{ k }}={{ v }};{% endfor %}~k=v;x y=z;",
        "{% for x in empty %}A{% else %}none{% endfor %}~none",
        "{% for x in deep %}{% for y in x.a %}{{ y }}{{ loop.index0 }}{% endfor %}{{ loop.index }}{% endfor %}~10211",
        "a{# {{ gone }} #}b~ab",
        "{% raw %}{{ name }}{% endraw %}~{{ name }}",
        "a {{- name -}} b~awebb",
        "`{{ name -}}\n   {% if yes %}\nA\n{% endif %}`~`webA\n`",
        "{ {a} {%~fails",
      })
  void a_template_means_what_its_page_says(String template, String result) throws Exception {
    if (result.equals("fails")) {
      assertThatThrownBy(() -> render(template)).hasMessageContaining("no template at 1:7");
    } else {
      assertThat(render(template)).isEqualTo(result.replace("\\n", "\n"));
    }
  }

  @Test
  void lines_of_tags_alone_are_no_lines_of_the_result() throws Exception {
    assertThat(
            render(
                """
                servers:
                  {# all of them #}
                  {% for x in list %}
                  - name: {{ x }}
                    {% if loop.first %} {# a #}
                    main: true
                    {% endif %}
                  {% endfor %}
                end: {% if no %}x{% endif %}
                """))
        .isEqualTo(
            """
            servers:
              - name: a
                main: true
              - name: b
            end:\s
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "`a\n {{ gone }}`~The template needs `gone` at 2:5, which it was not given.",
        "{{ o.gone }}~The template needs `o.gone` at 1:4, which it was not given.",
        "{{ gone.k | default('x') }}{{ gone.k.l }}~The template needs `gone` at 1:31, which it was not given.",
        "{{ list }}~The template shows `list` at 1:4, which is a list.",
        "{{ nothing }}~The template shows `nothing` at 1:4, which is null.",
        "{{ name~The template is no template at 1:1: the tag has no `}}`.",
        "{% if yes %}x~The template is no template at 1:1: `if` has no `{% endif %}`.",
        "{% endif %}~The template is no template at 1:1: `endif` closes nothing.",
        "{% if yes %}{% endfor %}~The template is no template at 1:13: `endif` is expected, not `endfor`.",
        "{% include 'x' %}~The template is no template at 1:1: there are `if`, `for` and `raw`, and what belongs to them.",
        "{{ name() }}~The template is no template at 1:8: nothing is expected here.",
        "{{ name | shout }}~The template cannot go on at 1:4: there is no filter `shout`, but: default, first, indent, join, json, last, length, lower, quote, replace, sort, trim, upper.",
        "{{ list | upper }}~The template cannot go on at 1:4: the filter takes a text.",
        "{% for x in name %}{% endfor %}~The template cannot go on at 1:13: `name` is no list to go through.",
        "{{ name < n }}~The template cannot go on at 1:4: `name <` compares what has no order.",
        "{{ }}~The template is no template at 1:4: a value is expected.",
      })
  void what_is_wrong_is_told_with_its_place(String template, String message) {
    assertThatThrownBy(() -> render(template.replace("\\n", "\n")))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.sentence()).isEqualTo(message));
  }

  @Test
  void what_explodes_is_refused() {
    var loops =
        "{% for a in list %}".repeat(30) + "0123456789".repeat(100) + "{% endfor %}".repeat(30);
    assertThatThrownBy(() -> render(loops))
        .hasMessageContaining("makes more than 16777216 characters");
    var silent = "{% for a in list %}".repeat(40) + "{% endfor %}".repeat(40);
    assertThatThrownBy(() -> render(silent)).hasMessageContaining("more than 5000000 rounds");
    var doubled = "{{ 'a'" + " | replace('a', 'aa')".repeat(60) + " }}";
    assertThatThrownBy(() -> render(doubled)).hasMessageContaining("the result would be too long");
    assertThatThrownBy(() -> render("{% if yes %}".repeat(60)))
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> render("{{ " + "(".repeat(60))).isInstanceOf(HearthException.class);
    assertThatThrownBy(() -> render("{{ " + "(".repeat(60) + " }}"))
        .hasMessageContaining("too deeply");
  }

  @Test
  void recipes_fill_templates_and_dedent_texts(@TempDir Path folder) throws Exception {
    var recipe = new DataRecipe(folder, "template");
    assertThat(recipe.value("template.render('{{ a.b }}', { a: { b: 1 } })")).isEqualTo("\"1\"");
    assertThat(
            recipe.value(
                "template.dedent`\n    a:\n      ${'x\\ny'}\n\n    b\n  ` + template.dedent('  c\\n   d')"))
        .isEqualTo("\"a:\\n  x\\n  y\\n\\nb\\nc\\n d\"");
    assertThat(recipe.error("template.render('{{ a }}', {}, { name: 'nginx.conf' })"))
        .isEqualTo("template.missing: `nginx.conf` needs `a` at 1:4, which it was not given.");
    assertThat(recipe.value("template.render('{{ a.constructor | default(1) }}', { a: {} })"))
        .isEqualTo("\"1\"");
  }
}
