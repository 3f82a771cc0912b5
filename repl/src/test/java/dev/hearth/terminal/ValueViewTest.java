package dev.hearth.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** Values as people see them. */
class ValueViewTest {
  private static String show(String json, Screen screen) {
    try {
      return new ValueView(screen).text(JsonMapper.builder().build().readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  @Test
  void rows_of_objects_are_a_table_with_numbers_to_the_right() {
    var rows =
        """
        [{"vmid":100,"name":"web","tags":["a","b"]},
         {"vmid":9000,"name":"debian-12","template":true}]
        """;
    assertThat(show(rows, Screen.pipe()))
        .isEqualTo(
            """
            vmid  name       tags  template
             100  web        a, b
            9000  debian-12        true
            """);
  }

  @Test
  void a_table_is_cut_to_the_terminal_but_not_in_a_pipe() {
    var rows =
        """
        [{"id":1,"description":"a rather long description of it","node":"pve1"}]
        """;
    assertThat(show(rows, TestScreens.terminal(30)))
        .isEqualTo(
            """
            id  description           node
             1  a rather long descr…  pve1
            """);
    assertThat(show(rows, Screen.pipe()))
        .isEqualTo(
            """
            id  description                      node
             1  a rather long description of it  pve1
            """);
  }

  @Test
  void columns_without_room_are_named() {
    var rows =
        """
        [{"first":"aaaaaaaaaa","second":"bbbbbbbbbb","third":"cccccccccc","fourth":"dddddddddd"}]
        """;
    assertThat(show(rows, TestScreens.terminal(20)))
        .isEqualTo(
            """
            first       second
            aaaaaaaaaa  bbbbbbb…
            not shown for want of room: third, fourth
            """);
  }

  @Test
  void a_column_says_something_and_addresses_come_last() {
    var rows =
        """
        [{"url":"https://a.example/x","none":null,"id":1,"nested":{"a":1}},
         {"url":null,"id":2,"nested":[{"b":1}]}]
        """;
    assertThat(show(rows, Screen.pipe()))
        .isEqualTo(
            """
            id  url
             1  https://a.example/x
             2
            """);
    assertThat(show(rows, TestScreens.terminal(40))).endsWith("not shown in a table: nested\n");
  }

  @Test
  void columns_that_can_be_read_come_before_all_columns() {
    var rows =
        """
        [{"id":"debian-12","name":"Debian 12","family":"debian","user":"debian","pkg":"apt"}]
        """;
    assertThat(show(rows, TestScreens.terminal(40)))
        .isEqualTo(
            """
            id         name       family  user
            debian-12  Debian 12  debian  debian
            not shown for want of room: pkg
            """);
  }

  @Test
  void a_terminal_gets_a_hundred_rows_and_a_pipe_all() {
    var rows = "[" + "{\"n\":1},".repeat(250) + "{\"n\":2}]";
    assertThat(show(rows, TestScreens.terminal(80)).lines())
        .hasSize(102)
        .endsWith("… 151 more rows: .slice(from, to) shows others, `hearth eval --json` all");
    assertThat(show(rows, Screen.pipe()).lines()).hasSize(252).endsWith("2");
  }

  @Test
  void a_long_text_is_cut_on_a_terminal_and_not_in_a_pipe() {
    var text = "\"" + "x".repeat(10_001) + "\"";
    assertThat(show(text, TestScreens.terminal(80)))
        .isEqualTo(
            "x".repeat(10_000)
                + "\n… 1 more character: .slice(from, to) shows others, `hearth eval --json` all\n");
    assertThat(show(text, Screen.pipe())).isEqualTo("x".repeat(10_001) + "\n");
  }

  @Test
  void wide_characters_keep_their_columns_straight() {
    assertThat(show("[{\"city\":\"東京\",\"n\":1},{\"city\":\"Bonn\",\"n\":2}]", Screen.pipe()))
        .isEqualTo(
            """
            city  n
            東京  1
            Bonn  2
            """);
  }

  @Test
  void nested_objects_are_a_tree() {
    var value =
        """
        {"vmid":9000,"name":"debian-12","empty":{},"disks":{"scsi0":{"size":"20G","ssd":true},
         "ide2":"cloud-init"},"nets":[{"id":"net0","vlan":20},{"id":"net1","vlan":null}],
         "tags":["a","b"]}
        """;
    assertThat(show(value, Screen.pipe()))
        .isEqualTo(
            """
            vmid   9000
            name   debian-12
            empty  {}
            disks
            ├─ scsi0
            │  ├─ size  20G
            │  └─ ssd   true
            └─ ide2  cloud-init
            nets
               id    vlan
               net0    20
               net1
            tags   a, b
            """);
  }

  @Test
  void a_text_that_looks_like_something_else_is_quoted_in_a_tree() {
    assertThat(
            show("{\"a\":\"12\",\"b\":\"\",\"c\":\"null\",\"d\":null,\"e\":\"x\"}", Screen.pipe()))
        .isEqualTo(
            """
            a  '12'
            b  ''
            c  'null'
            d  null
            e  x
            """);
  }

  @Test
  void a_text_alone_is_the_text() {
    assertThat(show("\"two\\nlines\\u001b[2J\"", Screen.pipe()))
        .isEqualTo("two\nlines\\u001b[2J\n");
  }

  @Test
  void keys_and_cells_cannot_steer_the_terminal() {
    assertThat(show("[{\"a\\u001b\":\"b\\u001b\\nc\"}]", Screen.pipe()))
        .isEqualTo("a\\u001b\nb\\u001b\\nc\n");
    assertThat(show("{\"a\\u202e\":{\"b\\n\":\"c\\u0007\"}}", Screen.pipe()))
        .isEqualTo("a\\u202e\n└─ b\\n  c\\u0007\n");
  }
}
