package dev.hearth.stdlib.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.stdlib.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is read as JSON. */
class JsonFuzzTest {
  @Test
  void whatever_is_read_is_a_value_or_an_error_with_a_place() {
    var ops = new JsonPureOps();
    var sizes = StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build();
    var json = new ObjectMapper(JsonFactory.builder().streamReadConstraints(sizes).build());
    var fuzz =
        new Fuzz(
            List.of(
                "{\"a\": [1, -2.5e10, true, null], \"b\": {\"c\": \"\\u0041\\n\"}}",
                "[/* x */ 1, // y\n 2,]",
                "\"text\"",
                "[[[[{}]]]]"),
            "{}[]:,\"\\/*+-.eE0123456789truefalsn \t\n\ufeff");
    assertThat(
            fuzz.run(
                text ->
                    json.readTree(ops.withoutComments(new JsonPureOps.Named(null), text).json())))
        .isPositive();
  }
}
