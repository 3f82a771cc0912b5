package dev.hearth.stdlib.terraform;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the structure of files in Terraform's native syntax: blocks, attributes, and where they
 * stand. It is as tolerant as it can be without misreading: whether a file is right is for {@code
 * terraform validate} to say.
 *
 * <p>Source: the HCL native syntax specification.
 */
final class HclReader {
  private static final int DEEPEST = 100;

  private final String file;
  private final HclScanner scanner;

  private HclReader(String file, String text) {
    this.file = file;
    this.scanner = new HclScanner(file, text);
  }

  /**
   * What a file says.
   *
   * @param file its name, for messages
   */
  static HclBody read(String file, String text) {
    return new HclReader(file, text).body(0);
  }

  private HclBody body(int depth) {
    if (depth > DEEPEST) {
      throw scanner.wrong(scanner.at(), "it is nested more than " + DEEPEST + " levels deep");
    }
    var attributes = new ArrayList<HclBody.Attribute>();
    var blocks = new ArrayList<HclBody.Block>();
    int begin = scanner.at();
    scanner.skipSpace();
    while (!scanner.isAtEnd() && scanner.peek() != '}') {
      int line = scanner.line();
      int place = scanner.at();
      var name = scanner.word();
      if (name.isEmpty()) {
        throw scanner.wrong(place, "a name is expected, not `" + scanner.peek() + "`");
      }
      scanner.skipBlanks();
      if (scanner.sees("=") && !scanner.sees("==")) {
        scanner.advance(1);
        attributes.add(new HclBody.Attribute(name, expression(name), line));
      } else {
        var labels = labels();
        if (!scanner.skips("{")) {
          throw scanner.wrong(scanner.at(), "after `" + name + "`, `=` or `{` is expected");
        }
        blocks.add(new HclBody.Block(name, labels, body(depth + 1), line));
        scanner.advance(1);
      }
      scanner.skipSpace();
    }
    if (depth == 0 && !scanner.isAtEnd()) {
      throw scanner.wrong(scanner.at(), "`}` closes nothing");
    }
    if (depth > 0 && scanner.isAtEnd()) {
      throw scanner.wrong(begin - 1, "the block is not closed");
    }
    return new HclBody(attributes, blocks);
  }

  private HclExpression expression(String name) {
    scanner.skipBlanks();
    int begin = scanner.at();
    scanner.skipExpression();
    var text = scanner.since(begin).strip();
    if (text.isEmpty()) {
      throw scanner.wrong(begin, "`" + name + "` has no value");
    }
    return new HclExpression(text, HclTermReader.read(file, text));
  }

  private List<String> labels() {
    var labels = new ArrayList<String>();
    for (scanner.skipBlanks(); !scanner.isAtEnd(); scanner.skipBlanks()) {
      int begin = scanner.at();
      if (scanner.peek() == '"') {
        scanner.skipQuoted();
        var quoted = scanner.since(begin);
        labels.add(quoted.substring(1, quoted.length() - 1));
        continue;
      }
      var word = scanner.word();
      if (word.isEmpty()) {
        break;
      }
      labels.add(word);
    }
    return labels;
  }
}
