package dev.hearth.runtime.run;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.IdentityFile;
import dev.hearth.runtime.secret.SecretError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Seals for the user's own key of age, as the stored secrets are. */
public record IdentitySeal(IdentityFile identity) implements SecretSeal {
  private static final String WHAT = "A secret in the journal";

  @Override
  public Optional<String> seal(String text) {
    var sealed = identity.forSealing().seal(text.getBytes(StandardCharsets.UTF_8));
    return Optional.of(Base64.getEncoder().encodeToString(sealed));
  }

  @Override
  public Optional<String> open(String sealed) {
    var opened = identity.forOpening().open(bytes(sealed), WHAT);
    return Optional.of(new String(opened, StandardCharsets.UTF_8));
  }

  private static byte[] bytes(String sealed) {
    try {
      return Base64.getDecoder().decode(sealed);
    } catch (IllegalArgumentException e) {
      throw new HearthException(SecretError.SEALED_DAMAGED, WHAT).causedBy(e);
    }
  }
}
