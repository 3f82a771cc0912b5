package dev.hearth.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Masking by value. */
class RedactionTest {
  private final Redaction redaction = new Redaction();

  @Test
  void a_secret_disappears_from_texts_names_and_deep_inside() throws Exception {
    redaction.add(Secret.of("hunter22"));
    assertThat(redaction.mask("Basic hunter22:hunter22!")).isEqualTo("Basic ***:***!");
    var json = JsonMapper.builder().build();
    assertThat(redaction.mask(json.readTree("[{\"hunter22\":[\"a hunter22\",1,null]}]")))
        .isEqualTo(json.readTree("[{\"***\":[\"a ***\",1,null]}]"));
  }

  @Test
  void a_secret_inside_a_longer_one_does_not_leave_the_rest_of_that_one() {
    redaction.add(Secret.of("abcd"));
    redaction.add(Secret.of("abcd-efgh"));
    assertThat(redaction.mask("x abcd-efgh y")).isEqualTo("x *** y");
  }

  @Test
  void a_short_secret_is_masked_only_where_it_is_all() {
    redaction.add(Secret.of("no"));
    assertThat(redaction.mask("no")).isEqualTo("***");
    assertThat(redaction.mask("nothing")).isEqualTo("nothing");
  }

  @Test
  void a_short_secret_is_left_in_names_and_no_field_is_lost_by_masking() throws Exception {
    redaction.add(Secret.of("b"));
    redaction.add(Secret.of("tango"));
    var json = JsonMapper.builder().build();

    assertThat(redaction.mask(json.readTree("{\"b\":\"b\",\"tango\":1,\"tango!\":2,\"tango \":3}")))
        .isEqualTo(json.readTree("{\"b\":\"***\",\"***\":1,\"***!\":2,\"*** \":3}"));
    redaction.add(Secret.of("delta"));
    assertThat(redaction.mask(json.readTree("{\"tango\":1,\"delta\":2}")))
        .isEqualTo(json.readTree("{\"***\":1,\"*** 2\":2}"));
  }

  @Test
  void encoded_forms_are_masked() {
    redaction.add(Secret.of("pä ss/word"));
    assertThat(redaction.mask("?p=p%C3%A4%20ss%2Fword&x")).isEqualTo("?p=***&x");
    assertThat(redaction.mask("cMOkIHNzL3dvcmQ=")).isEqualTo("***=");
  }

  @Test
  void a_secret_is_found_in_whatever_way_it_is_url_encoded() {
    redaction.add(Secret.of("it's (ä) a/b!"));
    for (var encoded :
        List.of(
            "it%27s%20%28%C3%A4%29%20a%2Fb%21", // RFC 3986
            "it's%20(%C3%A4)%20a%2Fb!", // encodeURIComponent
            "it%27s+%28%C3%A4%29+a%2Fb%21", // a form
            "it's%20(%c3%a4)%20a%2fb!")) {
      assertThat(redaction.mask("?q=" + encoded + "&x")).isEqualTo("?q=***&x");
    }
  }

  @Test
  void a_secret_is_found_in_the_base64_of_something_longer() {
    redaction.add(Secret.of("hunter22"));
    for (var user : List.of("", "a", "ab", "abc", "root@pam")) {
      for (var after : List.of("", "\n", "!!")) {
        var whole = (user + ":hunter22" + after).getBytes(StandardCharsets.UTF_8);
        var masked = redaction.mask(Base64.getEncoder().encodeToString(whole));
        assertThat(masked).contains("***");
        var left = masked.replace("***", "");
        assertThat(left.length()).isLessThanOrEqualTo((whole.length - 8) * 4 / 3 + 6);
      }
    }
  }

  @Test
  void an_empty_secret_changes_nothing() {
    redaction.add(Secret.of(""));
    assertThat(redaction.mask("abc")).isEqualTo("abc");
    assertThat(redaction.mask("")).isEmpty();
  }

  @Test
  void a_secret_is_found_as_javascript_quotes_it() {
    redaction.add(Secret.of("p\"4's\\w\u001b"));
    assertThat(redaction.mask("{ a: 'p\"4\\'s\\\\w\\u001b' }")).isEqualTo("{ a: '***' }");
    assertThat(redaction.mask("[\"p\\\"4's\\\\w\\u001b\"]")).isEqualTo("[\"***\"]");
  }
}
