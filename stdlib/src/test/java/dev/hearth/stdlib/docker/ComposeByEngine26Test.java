package dev.hearth.stdlib.docker;

class ComposeByEngine26Test extends ComposeContract {
  ComposeByEngine26Test() {
    super("26", "engine");
  }
}
