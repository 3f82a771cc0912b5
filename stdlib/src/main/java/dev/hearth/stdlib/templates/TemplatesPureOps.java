package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a template is to be, reckoned: nothing here asks the world. */
final class TemplatesPureOps {
  /**
   * What somebody wishes for.
   *
   * @param image the entry of the catalogue that it is made of; null for an image of unknown kind
   */
  record Wish(JsonNode wish, @Nullable JsonNode image) {}

  /** The whole specification; fails with all that is wrong. */
  @Op(pure = true)
  Specification specification(Wish wish) {
    return SpecificationReader.read(wish.wish(), ImageFacts.of(wish.image()));
  }

  /**
   * What documents are made of.
   *
   * @param hashes of the passwords of further users, by their names
   */
  record Whole(Specification spec, @Nullable JsonNode image, Map<String, String> hashes) {}

  @Op(pure = true)
  Documents documents(Whole whole) {
    return Documents.of(whole.spec(), ImageFacts.of(whole.image()), whole.hashes());
  }

  /**
   * What is to be told from what is.
   *
   * @param image what the image is known by: a checksum, not an address
   */
  record Identity(ObjectNode spec, String image) {}

  @Op(pure = true)
  String digest(Identity identity) {
    return SpecificationDigest.of(identity.spec(), identity.image());
  }

  /**
   * What makes equal passwords have other hashes.
   *
   * @param salt 1 to 16 letters and digits
   */
  record Salt(String salt) {
    Salt {
      if (!salt.matches("[A-Za-z0-9]{1,16}")) {
        throw new HearthException(TemplatesError.SPEC, "salt", "is 1 to 16 letters and digits");
      }
    }
  }

  /** A password as crypt(3) of every distribution reads it. */
  @Op(pure = true)
  String passwordHash(Salt salt, String password) {
    return PasswordHash.of(password, salt.salt());
  }

  /** What is to be installed by itself. */
  record Installed(Specification spec) {}

  /** What an installer is told in place of somebody before the machine. */
  @Op(pure = true)
  Installer.Answers answers(Installed wanted) {
    var installer = wanted.spec().image().installer();
    if (installer == null) {
      throw new HearthException(TemplatesError.SPEC, "image", "is no disc to install from");
    }
    return installer.answers(wanted.spec());
  }

  /**
   * A disc.
   *
   * @param files their texts, by their names
   */
  record Disc(String label, Map<String, String> files) {}

  @Op(pure = true)
  byte[] disc(Disc disc) {
    var bytes = new TreeMap<String, byte[]>();
    disc.files().forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return DiscImage.of(disc.label(), bytes);
  }

  /** What somebody wishes a container to be. */
  record ContainerWish(JsonNode wish) {}

  @Op(pure = true)
  ContainerReader.Container container(ContainerWish wish) {
    return ContainerReader.read(wish.wish());
  }
}
