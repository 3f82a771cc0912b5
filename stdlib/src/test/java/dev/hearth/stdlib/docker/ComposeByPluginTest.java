package dev.hearth.stdlib.docker;

/** Debian 13's Compose plug-in, with its engine. */
class ComposeByPluginTest extends ComposeContract {
  ComposeByPluginTest() {
    super("26", "plugin");
  }
}
