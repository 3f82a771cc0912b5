package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The texts of the files of a module that Hearth makes, and how they are known again. */
final class ConfigurationFiles {
  private static final String MARK = "Made by Hearth: what is changed here is lost.";
  private static final String MAKEFILE = "Makefile";
  private static final String VALUES = "terraform.tfvars.json";

  /** All that there may be. */
  static final Set<String> NAMES =
      Set.of(
          "versions.tf.json",
          "backend.tf.json",
          "providers.tf.json",
          "variables.tf.json",
          "main.tf.json",
          "outputs.tf.json",
          VALUES,
          MAKEFILE);

  private static final String TARGETS =
      """
      # %s
      #
      #     make plan      what would be done
      #     make apply     does just that
      #     make destroy   takes all away
      TERRAFORM ?= $(shell command -v tofu || command -v terraform || echo terraform)

      .PHONY: init validate plan apply output destroy
      init:
      	$(TERRAFORM) init
      validate: init
      	$(TERRAFORM) validate
      plan: init
      	$(TERRAFORM) plan -out=plan.out
      apply:
      	$(TERRAFORM) apply plan.out
      	rm -f plan.out
      output:
      	$(TERRAFORM) output
      destroy: init
      	$(TERRAFORM) destroy
      """
          .formatted(MARK);

  private static final ObjectWriter WRITER =
      TerraformProgram.MAPPER.writer(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                      .withObjectEmptySeparator("")
                      .withArrayEmptySeparator(""))
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private ConfigurationFiles() {}

  /**
   * The files of a module.
   *
   * @param parts what stands in each, by the name without {@code .tf.json}
   * @param values of its variables; null for no file of them
   */
  static Map<String, String> of(
      ObjectNode parts, @Nullable Map<String, JsonNode> values, boolean makefile)
      throws JacksonException {
    var files = new LinkedHashMap<String, String>();
    for (var part : parts.properties()) {
      files.put(part.getKey() + ".tf.json", marked((ObjectNode) part.getValue()));
    }
    if (values != null) {
      VariableValues.check(description(files), values);
      files.put(VALUES, marked(TerraformProgram.MAPPER.valueToTree(values)));
    }
    if (makefile) {
      files.put(MAKEFILE, TARGETS);
    }
    return files;
  }

  private static String marked(ObjectNode content) throws JacksonException {
    var whole = TerraformProgram.MAPPER.createObjectNode().put("//", MARK);
    whole.setAll(content);
    return WRITER.writeValueAsString(whole) + "\n";
  }

  private static ModuleDescription description(Map<String, String> files) {
    var bodies = new TreeMap<String, HclBody>();
    files.forEach((name, text) -> bodies.put(name, JsonModuleFile.read(name, text)));
    return ModuleReader.read("the configuration", bodies);
  }

  /** Whether a file was made by {@link #of}, and not by somebody else. */
  static boolean isOurs(String name, String text) {
    if (name.equals(MAKEFILE)) {
      return text.startsWith("# " + MARK);
    }
    try {
      return TerraformProgram.MAPPER.readTree(text).path("//").asText().equals(MARK);
    } catch (JacksonException e) {
      return false;
    }
  }

  /** The failure that a name is none of these. */
  static HearthException unknown(String name) {
    return new HearthException(
        TerraformError.OPTION_VALUE, "The file `" + name + "`", "a module has no such file");
  }
}
