package dev.hearth.runtime.module;

import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.NotAFile;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.module.ModuleSyntax.RecipeExport;
import dev.hearth.runtime.param.ParameterSchema;
import dev.hearth.runtime.param.Places;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionParser;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One recipe as its file says it: nothing of it has run. Immutable.
 *
 * <p>Whoever runs it later runs {@link #content}, the bytes that were read here, so that nobody can
 * change the file between what was shown or granted and what runs.
 */
public final class RecipeFile {
  /** The largest recipe: 1 MiB. */
  public static final int LARGEST = 1 << 20;

  private static final int MOST_PROBLEMS = 100;

  private final Path path;
  private final byte[] content;
  private final SourceText source;
  private final ModuleSyntax syntax;
  private final @Nullable Literal literal;
  private final RecipeDeclaration declaration;
  private final List<HearthException> problems;

  private RecipeFile(Path path, byte[] content, SourceText source, ModuleSyntax syntax) {
    this.path = path;
    this.content = content;
    this.source = source;
    this.syntax = syntax;
    var found = new ArrayList<HearthException>();
    switch (syntax.recipe()) {
      case RecipeExport.Absent() -> {
        literal = null;
        declaration = DeclarationReader.nothing();
      }
      case RecipeExport.Otherwise(int start, String how) -> {
        literal = null;
        declaration = DeclarationReader.nothing();
        found.add(new HearthException(RecipeError.NOT_CONST, how).at(source.at(start)));
      }
      case RecipeExport.Constant(LiteralSyntax value) -> {
        literal = Literal.of(source, value);
        var reader = new DeclarationReader(literal);
        declaration = reader.read();
        found.addAll(reader.problems());
      }
    }
    problems = List.copyOf(found);
  }

  /**
   * Reads a recipe.
   *
   * @param file as the user named it; errors show it so
   * @throws HearthException when it cannot be read or is not JavaScript; what is wrong inside of
   *     the literal is told by {@link #declaration} and {@link #problems}
   */
  public static RecipeFile read(Path file, SourceFiles files, ModuleParser parser) {
    var content = load(file, files);
    var source = SourceText.of(file.toString(), decode(file, content));
    return new RecipeFile(file, content, source, parser.parse(source));
  }

  /** Reads a recipe that is no file, such as one from standard input. */
  public static RecipeFile of(String name, String text, ModuleParser parser) {
    var content = text.getBytes(StandardCharsets.UTF_8);
    var path = Path.of(name);
    var source = SourceText.of(name, decode(path, content));
    return new RecipeFile(path, content, source, parser.parse(source));
  }

  private static byte[] load(Path file, SourceFiles files) {
    byte[] content;
    var shown = VisibleText.of(file);
    try {
      content = files.read(file, LARGEST + 1);
    } catch (NoSuchFileException e) {
      throw new HearthException(RecipeError.NOT_FOUND, shown, nearby(file, files)).causedBy(e);
    } catch (NotAFile e) {
      throw new HearthException(RecipeError.NOT_A_FILE, shown, e.what()).causedBy(e);
    } catch (IOException e) {
      throw new HearthException(RecipeError.UNREADABLE, shown, SourceContent.reason(e)).causedBy(e);
    }
    if (content.length > LARGEST) {
      throw new HearthException(RecipeError.TOO_LARGE, shown, LARGEST / 1024);
    }
    return content;
  }

  private static String nearby(Path file, SourceFiles files) {
    var name = file.getFileName();
    var folder = file.toAbsolutePath().getParent();
    var near =
        name == null || folder == null
            ? Optional.<String>empty()
            : Suggestion.closest(name.toString(), files.names(folder));
    return near.map(found -> "Did you mean `" + VisibleText.of(file.resolveSibling(found)) + "`?")
        .orElse("Check the path; it is relative to the current folder.");
  }

  private static String decode(Path file, byte[] content) {
    return SourceContent.text(content)
        .orElseThrow(() -> new HearthException(RecipeError.NOT_UTF8, VisibleText.of(file)));
  }

  /** The file as the user named it. */
  public Path path() {
    return path;
  }

  /** What it declares; fails with all {@link #problems} when there are some. */
  public RecipeDeclaration declaration() {
    if (!problems.isEmpty()) {
      throw HearthException.all(problems);
    }
    return declaration;
  }

  /** The parameters that it declares; fails with everything that is wrong with them. */
  public ParameterSchema parameters() {
    return parametersOf(declaration()).orThrow();
  }

  /** The permissions that it declares; fails with everything that is wrong with them. */
  public List<Permission> permissions(PermissionParser parser) {
    var declared = parser.declared(declaration().permissions());
    if (!declared.problems().isEmpty()) {
      throw HearthException.all(located(declared.problems()));
    }
    return declared.permissions();
  }

  ParameterSchema parametersOf(RecipeDeclaration readable) {
    return ParameterSchema.read(
        readable.params(),
        new Places() {
          @Override
          public Optional<Location> key(String pointer) {
            return Optional.of(atKey("/params" + pointer));
          }

          @Override
          public Optional<Location> value(String pointer) {
            return Optional.of(at("/params" + pointer));
          }
        });
  }

  /** Problems of permissions with their places in this file. */
  List<HearthException> located(List<HearthException> problems) {
    return problems.stream()
        .limit(MOST_PROBLEMS) // each carries its line, and nobody reads on
        .map(
            problem ->
                problem.at(atKey("/permissions" + problem.details().getOrDefault("pointer", ""))))
        .toList();
  }

  /** What could be read of its declaration in spite of its problems. */
  RecipeDeclaration declarationSoFar() {
    return declaration;
  }

  /** All that is wrong with the literal, in the order of the text, each with its place. */
  public List<HearthException> problems() {
    return problems;
  }

  /**
   * The place of a value in the literal.
   *
   * @param pointer a JSON pointer such as {@code /params/memory/minimum}
   */
  public Location at(String pointer) {
    return literal == null ? source.at(0) : literal.at(pointer);
  }

  /** The place of the key that leads to a value in the literal. */
  public Location atKey(String pointer) {
    return literal == null ? source.at(0) : literal.atKey(pointer);
  }

  /** The modules that it names. */
  public ModuleSyntax syntax() {
    return syntax;
  }

  public SourceText source() {
    return source;
  }

  /** The bytes of the file. */
  public byte[] content() {
    return content.clone();
  }

  /** The hash of {@link #content} that remembered grants are bound to: 64 lower-case digits. */
  public String sha256() {
    return Imprint.sha256(content);
  }
}
