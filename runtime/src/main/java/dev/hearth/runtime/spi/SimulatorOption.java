package dev.hearth.runtime.spi;

import java.util.regex.Pattern;

/**
 * Something that can be wished of a fresh world of a simulator.
 *
 * @param name also the flag's, without its dashes: {@code nodes}
 * @param label what stands for a value in help, such as {@code N}
 * @param summary the flag's help, as sentences
 * @param values all that it can be
 * @param wanted what it can be in words, for who gave something else: {@code a number from 1 to 9}
 */
public record SimulatorOption(
    String name, String label, String summary, Pattern values, String wanted) {

  /** The flag. */
  public String flag() {
    return "--" + name;
  }

  public boolean accepts(String value) {
    return values.matcher(value).matches();
  }
}
