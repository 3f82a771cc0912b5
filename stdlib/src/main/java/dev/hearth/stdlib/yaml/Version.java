package dev.hearth.stdlib.yaml;

import com.fasterxml.jackson.annotation.JsonValue;

/** A version of YAML; they differ in what plain words and numbers mean. */
enum Version {
  V1_1("1.1"),
  V1_2("1.2");

  private final String number;

  Version(String number) {
    this.number = number;
  }

  @JsonValue
  @Override
  public String toString() {
    return number;
  }
}
