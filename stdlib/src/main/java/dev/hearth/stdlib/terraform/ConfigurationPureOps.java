package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.Op;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a module that is made of JavaScript needs to know of Terraform's language. */
final class ConfigurationPureOps {
  private static final String TEXT = "an expression";

  /** Nothing beside the text. */
  record Nothing() {}

  /**
   * The expression itself, if it is one and ends where the text does.
   *
   * @throws HearthException {@link TerraformError#SYNTAX} for what would end early, or never
   */
  @Op(pure = true)
  String expression(Nothing nothing, String text) {
    var scanner = new HclScanner(TEXT, text);
    scanner.skipBlanks();
    if (scanner.isAtEnd()) {
      throw scanner.wrong(0, "there is nothing");
    }
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw scanner.wrong(0, "it has several lines");
    }
    scanner.skipExpression();
    if (!scanner.isAtEnd()) {
      throw scanner.wrong(scanner.at(), "`" + scanner.peek() + "` ends it");
    }
    return text.strip();
  }

  /** A type, as Terraform writes it in one line. */
  @Op(pure = true)
  String type(Nothing nothing, String text) {
    var written = text.strip();
    // In brackets, since modules write the types of objects in several lines.
    var whole = new HclScanner(TEXT, "(" + written + ")");
    whole.skipExpression();
    if (!whole.isAtEnd()) {
      throw whole.wrong(whole.at(), "`" + whole.peek() + "` ends it");
    }
    return VariableType.of(HclTermReader.read(TEXT, written))
        .map(VariableType::text)
        .orElseThrow(
            () ->
                new HearthException(
                    TerraformError.OPTION_VALUE,
                    "The type `" + VisibleText.of(written) + "`",
                    "there is none like it"));
  }

  /**
   * What stands beside the module.
   *
   * @param makefile whether people without Hearth get a Makefile
   * @param variables values that are no secrets; null for no file of them
   */
  record Beside(boolean makefile, @Nullable Map<String, JsonNode> variables) {}

  /** The texts of a module's files, by name. */
  @Op(pure = true)
  JsonText files(Beside beside, String module) {
    try {
      var parts = (ObjectNode) TerraformProgram.MAPPER.readTree(module);
      var files = ConfigurationFiles.of(parts, beside.variables(), beside.makefile());
      return new JsonText(TerraformProgram.MAPPER.writeValueAsString(files));
    } catch (JacksonException e) {
      throw new IllegalStateException("The facade sent what is no JSON.", e);
    }
  }
}
