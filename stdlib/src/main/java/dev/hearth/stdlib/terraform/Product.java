package dev.hearth.stdlib.terraform;

import java.util.Locale;

/** What can be installed, with the names and the place under which its maker publishes it. */
enum Product {
  TERRAFORM("terraform", "https://releases.hashicorp.com/terraform", "", ".sig", "hashicorp.asc"),
  OPENTOFU(
      "tofu",
      "https://github.com/opentofu/opentofu/releases/download",
      "v",
      ".gpgsig",
      "opentofu.asc");

  private final String program;
  private final String address;
  private final String folderPrefix;
  private final String signatureEnd;
  private final String key;

  Product(String program, String address, String folderPrefix, String signatureEnd, String key) {
    this.program = program;
    this.address = address;
    this.folderPrefix = folderPrefix;
    this.signatureEnd = signatureEnd;
    this.key = key;
  }

  /** The name of its program: {@code tofu}. */
  String program() {
    return program;
  }

  /** Where the folders of its releases stand, unless a mirror is named. */
  String address() {
    return address;
  }

  /** What stands before the version in the name of a release's folder. */
  String folderPrefix() {
    return folderPrefix;
  }

  /** What the name of a signature has behind that of what is signed. */
  String signatureEnd() {
    return signatureEnd;
  }

  /** The file in {@code keys} with the key that its maker signs with. */
  String key() {
    return key;
  }

  /** {@code opentofu}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
