package dev.hearth.runtime.param;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NotAFile;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The file that {@code --params} names: values by the names of their parameters, as JSON ({@code
 * .json}) or YAML ({@code .yaml}, {@code .yml}). At most 1 MiB; YAML without anchors.
 *
 * @param shown its name, safe to print
 * @param values what it holds, as data
 */
public record ParameterFile(String shown, Map<String, JsonNode> values) {
  private static final int LARGEST = 1 << 20;

  /**
   * Reads a file.
   *
   * @throws HearthException {@link ParamError#FILE_UNREADABLE} or {@link ParamError#FILE_WRONG}
   */
  public static ParameterFile read(Path file, SourceFiles files) {
    var shown = VisibleText.of(file);
    byte[] content;
    try {
      content = files.read(file, LARGEST + 1);
    } catch (NoSuchFileException e) {
      throw new HearthException(ParamError.FILE_UNREADABLE, shown, "it does not exist").causedBy(e);
    } catch (NotAFile e) {
      throw new HearthException(ParamError.FILE_UNREADABLE, shown, "it is " + e.what()).causedBy(e);
    } catch (IOException e) {
      throw new HearthException(
              ParamError.FILE_UNREADABLE, shown, VisibleText.of(String.valueOf(e.getMessage())))
          .causedBy(e);
    }
    if (content.length > LARGEST) {
      throw new HearthException(ParamError.FILE_WRONG, shown, "it is larger than 1024 KiB");
    }
    var name = file.toString().toLowerCase(Locale.ROOT);
    var isYaml = name.endsWith(".yaml") || name.endsWith(".yml");
    if (!isYaml && !name.endsWith(".json")) {
      throw new HearthException(
          ParamError.FILE_WRONG, shown, "its name ends neither with `.json` nor with `.yaml`");
    }
    return new ParameterFile(shown, parse(file.toString(), shown, content, isYaml));
  }

  /**
   * Reads what is no file: JSON when it begins with a brace, else YAML.
   *
   * @param name for messages
   * @throws HearthException {@link ParamError#FILE_UNREADABLE} or {@link ParamError#FILE_WRONG}
   */
  public static ParameterFile read(String name, InputStream in) {
    try {
      var content = in.readNBytes(LARGEST + 1);
      if (content.length > LARGEST) {
        throw new HearthException(ParamError.FILE_WRONG, name, "it is larger than 1024 KiB");
      }
      var isYaml = !new String(content, StandardCharsets.UTF_8).stripLeading().startsWith("{");
      return new ParameterFile(name, parse(name, name, content, isYaml));
    } catch (IOException e) {
      throw new HearthException(
              ParamError.FILE_UNREADABLE, name, VisibleText.of(String.valueOf(e.getMessage())))
          .causedBy(e);
    }
  }

  private static Map<String, JsonNode> parse(
      String file, String shown, byte[] content, boolean isYaml) {
    try {
      var mapper = isYaml ? yaml() : json();
      if (isYaml) {
        refuseAliases(mapper, shown, content);
      }
      var root = mapper.readTree(content);
      if (!(root instanceof ObjectNode object)) {
        throw new HearthException(ParamError.FILE_WRONG, shown, "it holds no object");
      }
      var values = new LinkedHashMap<String, JsonNode>();
      object.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
      return values;
    } catch (JsonProcessingException e) {
      throw syntaxError(file, shown, e);
    } catch (IOException e) {
      throw new HearthException(ParamError.FILE_WRONG, shown, "it is not UTF-8 text").causedBy(e);
    }
  }

  private static HearthException syntaxError(String file, String shown, JsonProcessingException e) {
    var fault = JsonFault.of(e);
    var error = new HearthException(ParamError.FILE_WRONG, shown, fault.reason()).causedBy(e);
    return fault.in(file).map(error::at).orElse(error);
  }

  private static ObjectMapper json() {
    return JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  private static ObjectMapper yaml() {
    return YAMLMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /** The tree would hold an alias as the text of its name, which is never what was meant. */
  private static void refuseAliases(ObjectMapper mapper, String shown, byte[] content)
      throws IOException {
    try (JsonParser parser = mapper.createParser(content)) {
      while (parser.nextToken() != null) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
          throw new HearthException(ParamError.FILE_WRONG, shown, "it uses anchors and aliases")
              .hint("Write the value out where it is needed.");
        }
      }
    }
  }
}
