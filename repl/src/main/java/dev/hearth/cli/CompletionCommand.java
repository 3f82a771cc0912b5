package dev.hearth.cli;

import dev.hearth.terminal.JsonDocument;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth completion SHELL}. */
final class CompletionCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("SHELL", "The shell: bash, zsh or fish.", List.of("bash", "zsh", "fish"))
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth completion bash > ~/.local/share/bash-completion/completions/hearth",
        "hearth completion zsh > ~/.zfunc/_hearth",
        "hearth completion fish > ~/.config/fish/completions/hearth.fish");
  }

  @Override
  public int run(Invocation invocation) {
    var model = CompletionModel.ofAllCommands();
    var shell = String.valueOf(invocation.argument(0));
    var script =
        switch (shell) {
          case "bash" -> new BashCompletion(model).script();
          case "zsh" -> new ZshCompletion(model).script();
          default -> new FishCompletion(model).script();
        };
    var out = invocation.terminal().out();
    if (invocation.json()) {
      var document = JsonDocument.of("completion").put("shell", shell).put("script", script);
      out.println(JsonDocument.line(document));
    } else {
      out.print(script);
    }
    return 0;
  }
}
