package dev.hearth.repl;

import dev.hearth.runtime.run.RecipePrompt;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Person.Question;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The prompt of a REPL, whose terminal is opened after its Hearth is made. */
public final class LatePrompt implements RecipePrompt {
  private volatile @Nullable RecipePrompt prompt;

  void is(RecipePrompt opened) {
    prompt = opened;
  }

  private RecipePrompt opened() {
    return Objects.requireNonNull(prompt, "nothing is evaluated before the terminal is open");
  }

  @Override
  public Optional<String> ask(String asker, Question question) throws InterruptedException {
    return opened().ask(asker, question);
  }

  @Override
  public Optional<Secret> askSecret(String asker, Question question) throws InterruptedException {
    return opened().askSecret(asker, question);
  }

  @Override
  public boolean takesOver(String asker) {
    return opened().takesOver(asker);
  }

  @Override
  public void giveUp() {
    opened().giveUp();
  }
}
