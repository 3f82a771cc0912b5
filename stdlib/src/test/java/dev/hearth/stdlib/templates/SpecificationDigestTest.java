package dev.hearth.stdlib.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** By what a specification is told from another one. */
class SpecificationDigestTest {
  private static String digest(String spec, String image) throws IOException {
    return SpecificationDigest.of((ObjectNode) WishTester.json(spec), image);
  }

  @Test
  void neither_the_order_nor_where_it_is_built_counts() throws IOException {
    assertThat(
            digest(
                "{\"a\": {\"x\": 1, \"y\": [2, 3]}, \"node\": \"pve\", \"image\": {\"url\": \"u\"}}",
                "i"))
        .isEqualTo(
            digest(
                "{\"node\": \"b\", \"a\": {\"y\": [2, 3], \"x\": 1}, \"imageStorage\": \"nas\"}",
                "i"))
        .matches("[0-9a-f]{64}");
  }

  @Test
  void the_image_and_the_order_of_lists_count() throws IOException {
    assertThat(digest("{\"a\": [1, 2]}", "i"))
        .isNotEqualTo(digest("{\"a\": [2, 1]}", "i"))
        .isNotEqualTo(digest("{\"a\": [1, 2]}", "j"));
  }
}
