package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known when a run begins: all that a later process needs to resume or undo it.
 *
 * @param recipe the recipe's file, absolute
 * @param recipeHash SHA-256 of the recipe's text, in hexadecimal digits
 * @param folder the working folder, which relative paths of the recipe start from
 * @param hearth the version of Hearth
 * @param parameters validated, with defaults filled in; those in {@code secretParameters} are
 *     {@code ***}
 * @param secretParameters the names of parameters whose values are not recorded as they are
 * @param sealedParameters those values as a {@link SecretSeal} keeps them, by name
 * @param connections which connection was chosen as a binding's default, by binding
 * @param grants in the form of flags without their {@code --allow-}
 * @param simulated whether nothing real was touched
 * @param simulatedWorld the file with the simulated world
 * @param onError what the caller asked for; empty: as the recipe declares
 */
public record RunStart(
    String recipe,
    String recipeHash,
    String folder,
    String hearth,
    ObjectNode parameters,
    Set<String> secretParameters,
    Map<String, String> sealedParameters,
    Map<String, String> connections,
    List<String> grants,
    boolean simulated,
    Optional<String> simulatedWorld,
    Optional<RunRequest.OnError> onError) {

  public RunStart {
    parameters = masked(parameters, secretParameters);
    secretParameters = Set.copyOf(secretParameters);
    sealedParameters = Map.copyOf(sealedParameters);
    connections = Map.copyOf(connections);
    grants = List.copyOf(grants);
  }

  /** The same start with the values of secrets masked in the values of its parameters. */
  RunStart masked(Redaction redaction) {
    var shown = JsonNodeFactory.instance.objectNode();
    parameters
        .properties()
        .forEach(field -> shown.set(field.getKey(), redaction.mask(field.getValue())));
    return new RunStart(
        redaction.mask(recipe),
        recipeHash,
        redaction.mask(folder),
        hearth,
        shown,
        secretParameters,
        sealedParameters,
        connections,
        grants.stream().map(redaction::mask).toList(),
        simulated,
        simulatedWorld.map(redaction::mask),
        onError);
  }

  private static ObjectNode masked(ObjectNode parameters, Set<String> secret) {
    var copy = JsonNodeFactory.instance.objectNode();
    for (var field : parameters.properties()) {
      if (secret.contains(field.getKey())) {
        copy.put(field.getKey(), Secret.MASK);
      } else {
        copy.set(field.getKey(), field.getValue());
      }
    }
    return copy;
  }

  /** The same start with the values of secret parameters as {@code seal} keeps them. */
  RunStart sealed(Map<String, Secret> secrets, SecretSeal seal) {
    var sealed = new LinkedHashMap<String, String>();
    secrets.forEach((name, value) -> seal.seal(value.reveal()).ifPresent(s -> sealed.put(name, s)));
    return new RunStart(
        recipe,
        recipeHash,
        folder,
        hearth,
        parameters,
        secretParameters,
        sealed,
        connections,
        grants,
        simulated,
        simulatedWorld,
        onError);
  }

  /**
   * What a request says, with what was found out about it.
   *
   * @param hearth the version of Hearth
   * @param parameters validated, with defaults filled in; the secret ones are masked here
   */
  public static RunStart of(
      RunRequest request,
      String recipeHash,
      String hearth,
      ObjectNode parameters,
      Set<String> secretParameters) {
    return new RunStart(
        request.recipe().toAbsolutePath().normalize().toString(),
        recipeHash,
        Path.of("").toAbsolutePath().toString(),
        hearth,
        parameters,
        new TreeSet<>(secretParameters),
        Map.of(),
        request.connections(),
        request.grants(),
        request.simulate(),
        request.simulatedWorld().map(world -> world.toAbsolutePath().normalize().toString()),
        request.onError());
  }
}
