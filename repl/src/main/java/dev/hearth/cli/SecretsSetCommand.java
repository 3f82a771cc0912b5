package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NotAFile;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.secret.FileSecretStore;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Questions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code hearth secrets set SECRET}: from a hidden prompt, standard input or a file. Never from an
 * argument, which every user of the machine could see.
 */
final class SecretsSetCommand implements Command {
  private static final int LARGEST = 1 << 20;

  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("NAME", "Its name, such as backup/password.", List.of())
        .flag("--stdin", "Take all of standard input, without its last line end.")
        .option("--from-file", "FILE", "Take what is in this file, as it is.")
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth secrets set backup/password",
        "hearth secrets set github/token --stdin < token.txt",
        "hearth secrets set tls/key --from-file key.pem");
  }

  @Override
  public Given given(List<String> arguments) {
    var typed = TypedArguments.of(arguments, CommonFlags.addTo(spec()));
    if (typed.size() > 1) { // not shown: it may be the secret
      throw new HearthException(CliError.SECRET_IS_ARGUMENT, Secret.MASK);
    }
    return new Given(this, arguments);
  }

  @Override
  public int run(Invocation invocation) {
    var name = invocation.required(0);
    FileSecretStore.checkName(name);
    var surroundings = invocation.surroundings();
    var secret = secret(invocation, name, surroundings.sources());
    surroundings.secrets().put(name, secret);
    if (invocation.json()) {
      var document = JsonDocument.of("secret-set").put("name", name);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.say("The secret " + name + " is stored, encrypted.");
    }
    return 0;
  }

  private static Secret secret(Invocation invocation, String name, SourceFiles files) {
    var file = invocation.value("--from-file");
    if (invocation.has("--stdin")) {
      if (file != null) {
        throw new HearthException(CliError.SECRET_TWICE);
      }
      return Secret.of(
          withoutLineEnd(read("standard input", invocation.terminal().in()::readNBytes)));
    }
    if (file != null) {
      var path = Path.of(file);
      return Secret.of(read("`" + SafeText.line(file) + "`", most -> files.read(path, most)));
    }
    if (!invocation.terminal().interactive()) {
      throw new HearthException(CliError.NO_SECRET_GIVEN, name);
    }
    return new Questions(invocation.terminal())
        .secret("Value of " + name + " (not shown):")
        .orElseThrow(() -> new HearthException(CliError.NO_SECRET_GIVEN, name));
  }

  @FunctionalInterface
  private interface Source {
    byte[] read(int most) throws IOException;
  }

  private static String read(String shown, Source source) {
    try {
      var bytes = source.read(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new HearthException(CliError.SECRET_UNREADABLE, shown, "it is larger than 1 MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) { // not the cause of ours: it may quote the secret
      throw new HearthException(CliError.SECRET_UNREADABLE, shown, "it is not UTF-8 text");
    } catch (NoSuchFileException e) {
      throw new HearthException(CliError.SECRET_UNREADABLE, shown, "it does not exist").causedBy(e);
    } catch (NotAFile e) {
      throw new HearthException(CliError.SECRET_UNREADABLE, shown, "it is " + e.what()).causedBy(e);
    } catch (IOException e) {
      throw new HearthException(
              CliError.SECRET_UNREADABLE, shown, SafeText.line(String.valueOf(e.getMessage())))
          .causedBy(e);
    }
  }

  static String withoutLineEnd(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
