package dev.hearth.runtime.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Writing a tree without a mapper, measured by what the mapper writes. */
class JsonTextTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void a_tree_of_every_kind_is_written_as_the_mapper_writes_it() throws Exception {
    var tree = JSON.objectNode();
    tree.put("text", "a \"quoted\" \\ line\n\u0000\u2028 and 🔥 and half of one \ud83d");
    tree.put("", true).put("no", false).putNull("nothing");
    tree.put("int", -1).put("long", Long.MIN_VALUE).put("float", 1.5f).put("double", 1e300);
    tree.put("big", new BigInteger("9".repeat(40))).put("exact", new BigDecimal("1.10"));
    tree.put("bytes", new byte[] {1, 2, 3});
    tree.putArray("list").add(1).add("two").addObject().putArray("empty");

    assertThat(JsonText.of(tree)).isEqualTo(MAPPER.writeValueAsString(tree));
    assertThat(JsonText.of(JSON.textNode("alone"))).isEqualTo("\"alone\"");
  }

  @Test
  void what_is_escaped_besides_reads_the_same() throws Exception {
    var json = JsonText.of(JSON.textNode("ü \u2028 漢 \udb40\udc01 😀 \ud83d"));
    var escaped = JsonText.escaped(json, c -> c > 0x1ffff || Character.getType(c) == 13);

    assertThat(escaped).isEqualTo("\"ü \\u2028 漢 \\udb40\\udc01 😀 \ud83d\"");
    assertThat(MAPPER.readTree(escaped)).isEqualTo(MAPPER.readTree(json));
    assertThat(JsonText.escaped(json, c -> false)).isSameAs(json);
  }

  @Test
  void a_tree_that_nests_too_deeply_is_refused() {
    var tree = JSON.arrayNode();
    var inner = tree;
    for (int depth = 0; depth < JsonText.DEEPEST; depth++) {
      inner = inner.addArray();
    }

    assertThatThrownBy(() -> JsonText.of(tree))
        .hasCauseInstanceOf(StreamConstraintsException.class);
  }

  @Test
  void a_java_object_in_a_tree_is_refused_and_not_printed() {
    var tree = JSON.objectNode().putPOJO("secret", "hunter2");

    assertThatThrownBy(() -> JsonText.of(tree))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A POJO node is no JSON.");
  }
}
