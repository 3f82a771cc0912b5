package dev.hearth.stdlib.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Terraform's language, as far as it is read. */
class HclReaderTest {
  private static HclTerm term(String expression) {
    return HclReader.read("main.tf", "a = " + expression + "\n")
        .attribute("a")
        .orElseThrow()
        .term();
  }

  @Test
  void blocks_and_attributes_are_found_whatever_stands_between_them() {
    var body =
        HclReader.read(
            "main.tf",
            """
            # a comment with { and "
            // another }
            /* one
               more } */ variable "size" { # why
              type    = number // here
              default = 3
            }
            resource random_pet "name" {
              prefix = "a-${upper("b}")}-\\"quoted\\"" # }
              keepers = {
                for k, v in var.all : k => v if v != "}"
              }
              connection { host = self.ip }
              script = <<-EOF
                echo "${var.a}" }
              EOF
            }
            locals {}
            """);

    assertThat(body.blocks())
        .extracting(HclBody.Block::type, HclBody.Block::labels, HclBody.Block::line)
        .hasToString(
            "[(\"variable\", [\"size\"], 4), (\"resource\", [\"random_pet\", \"name\"], 8), (\"locals\", [], 18)]");
    var resource = body.blocks("resource").findFirst().orElseThrow().body();
    assertThat(resource.attributes())
        .extracting(HclBody.Attribute::name)
        .containsExactly("prefix", "keepers", "script");
    assertThat(
            resource
                .blocks("connection")
                .findFirst()
                .orElseThrow()
                .body()
                .attribute("host")
                .orElseThrow()
                .text())
        .isEqualTo("self.ip");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a\\tb \\u00e9 $${c} %%{d}\" | \"a\\tb é ${c} %{d}\"",
        "-1.5e2 | -150",
        "[1, \"two\", [true, null],] | [1,\"two\",[true,null]]",
        "{ a = 1, \"b c\" : [2] } | {\"a\":1,\"b c\":[2]}",
        "(7) | 7",
        "99999999999999999999 | 99999999999999999999"
      })
  void what_is_constant_is_known(String expression, String json) {
    assertThat(term(expression).constant().orElseThrow().toString()).isEqualTo(json);
  }

  @Test
  void texts_of_several_lines_lose_the_margin_that_they_share() {
    assertThat(term("<<-END\n    one\n      two\n    END").constant().orElseThrow().asText())
        .isEqualTo("one\n  two\n");
    assertThat(term("<<END\n one\nEND").constant().orElseThrow().asText()).isEqualTo(" one\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var.a",
        "1 + 1",
        "\"a-${var.b}\"",
        "[for x in y : x]",
        "upper(\"a\")",
        "a ? 1 : 2",
        "{ (k) = 1 }"
      })
  void what_depends_on_something_is_not_guessed(String expression) {
    assertThat(term(expression).constant()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = \"b | 1:5: the text is not closed in its line.",
        "a = [1, 2 | 1:5: `[` is not closed.",
        "a {\\n b = 1 | 1:3: the block is not closed.",
        "a = 1\\n} | 2:1: `}` closes nothing.",
        "a b c | 1:6: after `a`, `=` or `{` is expected.",
        "a =\\nb = 1 | 1:4: `a` has no value.",
        "= 1 | 1:1: a name is expected, not `=`.",
        "a = <<END\\nx | 1:5: there is no line `END` that ends the text.",
        "/* a | 1:1: the comment has no end."
      })
  void what_is_wrong_is_told_with_its_place(String text, String told) {
    assertThatThrownBy(() -> HclReader.read("main.tf", text.replace("\\n", "\n")))
        .isInstanceOf(HearthException.class)
        .hasMessage("`main.tf` cannot be read at " + told);
  }

  @Test
  void what_is_nested_to_break_its_reader_is_refused() {
    for (var text :
        new String[] {
          "a = " + "[".repeat(100_000), "a {".repeat(100_000), "a = \"" + "${\"".repeat(100_000)
        }) {
      assertThatThrownBy(() -> HclReader.read("main.tf", text))
          .isInstanceOf(HearthException.class)
          .hasMessageContaining("levels deep");
    }
  }
}
