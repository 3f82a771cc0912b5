package dev.hearth.stdlib.terraform;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands in a file of Terraform's language, or between the braces of a block: its structure
 * with places. Expressions are text.
 */
record HclBody(List<Attribute> attributes, List<Block> blocks) {
  /**
   * A name and its value.
   *
   * @param line counted from 1
   */
  record Attribute(String name, HclExpression value, int line) {}

  /**
   * A block, such as {@code resource "random_pet" "name" { … }}.
   *
   * @param line counted from 1
   */
  record Block(String type, List<String> labels, HclBody body, int line) {
    /** The label at a place, which may be missing where the file is wrong. */
    String label(int index) {
      return index < labels.size() ? labels.get(index) : "";
    }
  }

  Optional<HclExpression> attribute(String name) {
    return attributes.stream()
        .filter(each -> each.name().equals(name))
        .map(Attribute::value)
        .findFirst();
  }

  Stream<Block> blocks(String type) {
    return blocks.stream().filter(each -> each.type().equals(type));
  }
}
