package dev.hearth.stdlib.docker;

class ComposeByEngine20Test extends ComposeContract {
  ComposeByEngine20Test() {
    super("20", "engine");
  }
}
