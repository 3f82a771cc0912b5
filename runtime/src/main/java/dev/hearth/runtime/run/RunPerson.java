package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Person;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Who follows a run: asked by the prompt, told by the run's events. */
final class RunPerson {
  private final Optional<RecipePrompt> prompt;
  private final RunVoice voice;
  private final Clock clock;
  private final ReentrantLock oneQuestion = new ReentrantLock(true);
  private CompletableFuture<?> last = CompletableFuture.completedFuture(""); // guarded by it

  RunPerson(Optional<RecipePrompt> prompt, RunVoice voice, Clock clock) {
    this.prompt = prompt;
    this.voice = voice;
    this.clock = clock;
  }

  /**
   * The same person, as somebody meets them.
   *
   * @param asker the library that asks; empty for the recipe itself
   */
  Person askedBy(String asker) {
    return new Asked(asker);
  }

  private final class Asked implements Person {
    private final String asker;

    Asked(String asker) {
      this.asker = asker;
    }

    @Override
    public boolean canBeAsked() {
      return prompt.isPresent();
    }

    @Override
    public Optional<String> ask(Question question) throws InterruptedException {
      var terminal = prompt.orElseThrow();
      return answer(terminal, () -> terminal.takesOver(asker), () -> terminal.ask(asker, question));
    }

    @Override
    public Optional<Secret> askSecret(Question question) throws InterruptedException {
      var terminal = prompt.orElseThrow();
      return answer(terminal, () -> false, () -> terminal.askSecret(asker, question));
    }

    @Override
    public void show(List<Column> columns, List<JsonNode> rows) {
      var shown =
          columns.stream()
              .map(column -> new RunEvent.Tabled.Column(column.field(), column.heading()))
              .toList();
      voice.accept(new RunEvent.Tabled(clock.now(), shown, rows));
    }

    @Override
    public void tell(Progress progress) {
      voice.accept(
          new RunEvent.Progressed(
              clock.now(), progress.label(), progress.done(), progress.total(), progress.isOver()));
    }
  }

  /** Asks on a thread of its own, as nothing interrupts who waits for a key to be pressed. */
  private <T> T answer(RecipePrompt terminal, BooleanSupplier takesOver, Callable<T> question)
      throws InterruptedException {
    oneQuestion.lockInterruptibly();
    try {
      if (!last.isDone() && !takesOver.getAsBoolean()) {
        throw new HearthException(RunError.QUESTION_STILL_OPEN);
      }
      var answer = new CompletableFuture<T>();
      last = answer;
      Thread.ofPlatform().daemon().name("hearth-question").start(() -> complete(answer, question));
      return got(terminal, answer);
    } finally {
      oneQuestion.unlock();
    }
  }

  private static <T> T got(RecipePrompt terminal, CompletableFuture<T> answer)
      throws InterruptedException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      terminal.giveUp();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HearthException deliberate) {
        throw deliberate;
      }
      throw new IllegalStateException("The question broke.", e.getCause());
    }
  }

  private static <T> void complete(CompletableFuture<T> answer, Callable<T> question) {
    try {
      answer.complete(question.call());
    } catch (Throwable e) { // whoever waits gets it, whatever it is
      answer.completeExceptionally(e);
    }
  }
}
