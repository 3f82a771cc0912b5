package dev.hearth.runtime.engine;

import com.oracle.js.parser.ErrorManager;
import com.oracle.js.parser.Parser;
import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.ScriptEnvironment;
import com.oracle.js.parser.Source;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.Module;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.module.MentionParser;
import dev.hearth.runtime.module.ModuleMentions;
import dev.hearth.runtime.module.ModuleSyntax;
import dev.hearth.runtime.module.RecipeError;
import dev.hearth.runtime.module.SourceText;
import dev.hearth.runtime.permission.VisibleText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Reads modules with the very parser that will run them, without starting an engine. Why this one:
 * {@code docs/adr/0001-reading-the-recipe-literal.md}.
 */
public final class GraalModuleParser implements MentionParser {
  /** ECMAScript 2025, what the engine speaks by default. */
  private static final int ECMASCRIPT = 16;

  /** The parser recurses: room for code that is nested some ten thousand levels deep. */
  private static final long STACK_BYTES = 16L << 20;

  /** The parser needs a time that grows faster than some texts, made for that. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Duration longest;

  public GraalModuleParser() {
    this(LONGEST);
  }

  GraalModuleParser(Duration longest) {
    this.longest = longest;
  }

  @Override
  public ModuleSyntax parse(SourceText source) {
    return read(source, GraalModuleParser::syntax);
  }

  @Override
  public ModuleMentions mentions(SourceText source) {
    return read(source, MentionReader::read);
  }

  private <T> T read(SourceText source, Function<FunctionNode, T> reading) {
    var result = new CompletableFuture<T>();
    var reader =
        new Thread(
            null,
            () -> complete(result, source, reading),
            "hearth-parser",
            STACK_BYTES,
            /* inheritInheritableThreadLocals= */ false);
    reader.setDaemon(true);
    reader.start();
    await(reader, source);
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof HearthException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private void await(Thread reader, SourceText source) {
    try {
      if (!reader.join(longest)) {
        throw new HearthException(RecipeError.TOO_COMPLEX, longest.toSeconds()).at(source.at(0));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // reading is short: the caller sees the flag afterwards
    }
  }

  private static <T> void complete(
      CompletableFuture<T> result, SourceText source, Function<FunctionNode, T> reading) {
    try {
      result.complete(reading.apply(tree(source)));
    } catch (StackOverflowError e) {
      result.completeExceptionally(
          new HearthException(RecipeError.TOO_DEEP).at(source.at(0)).causedBy(e));
    } catch (Throwable e) { // whoever waits gets it, whatever it is
      result.completeExceptionally(e);
    }
  }

  private static FunctionNode tree(SourceText source) {
    var errors = new ErrorManager.StringBuilderErrorManager();
    FunctionNode tree;
    try {
      tree =
          new Parser(environment(), Source.sourceFor(source.name(), source.text()), errors)
              .parseModule(source.name());
    } catch (ParserException e) {
      throw syntaxError(source, e);
    }
    var error = errors.getParserException();
    if (error != null) {
      throw syntaxError(source, error);
    }
    return tree;
  }

  private static ModuleSyntax syntax(FunctionNode tree) {
    var module = tree.getModule();
    return new ModuleSyntax(
        ImportReader.imports(tree, module),
        exports(module),
        ImportReader.passedOn(module),
        ExportReader.defaultExport(module),
        ExportReader.recipe(module));
  }

  private static ScriptEnvironment environment() {
    return ScriptEnvironment.builder()
        .ecmaScriptVersion(ECMASCRIPT)
        .strict(true)
        .shebang(true)
        .topLevelAwait(true)
        .importAttributes(true)
        .classFields(true)
        .privateFieldsIn(true)
        .allowBigInt(true)
        .annexB(true)
        .build();
  }

  private static HearthException syntaxError(SourceText source, ParserException e) {
    var message = e.getRawMessage();
    var sentence = message == null ? "unexpected text" : message.strip();
    while (sentence.endsWith(".")) {
      sentence = sentence.substring(0, sentence.length() - 1);
    }
    return new HearthException(RecipeError.SYNTAX, VisibleText.of(sentence.replace('`', '"')))
        .at(source.at(e.getPosition()))
        .causedBy(e);
  }

  private static List<String> exports(Module module) {
    var names = new ArrayList<String>();
    for (var entries : List.of(module.getLocalExportEntries(), module.getIndirectExportEntries())) {
      for (var entry : entries) {
        names.add(entry.getExportName().toJavaStringUncached());
      }
    }
    return List.copyOf(names);
  }
}
