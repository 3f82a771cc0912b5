package dev.hearth.stdlib.proxmox.sim.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A certificate that somebody puts in place of a node's own. */
class CertificateTest {
  private static final String PATH = "/nodes/pve/certificates/custom";
  private static final String KEY =
      "key=-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n";
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBwjCCAWegAwIBAgIUemHD5My1Z5nDM8p49JsUApvGhDIwCgYIKoZIzj0EAwIw
      KDEMMAoGA1UECgwDTGFiMRgwFgYDVQQDDA9wdmUuZXhhbXBsZS5jb20wHhcNMjYx
      MTI2MDk1ODAzWhcNMzYxMTIzMDk1ODAzWjAoMQwwCgYDVQQKDANMYWIxGDAWBgNV
      BAMMD3B2ZS5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDcf
      IFdXcbV7DKjOJwF37VId37q9UOhZd+TPAZJVVlDXZD7JNAFWxdzvYQdQ06IV/JUf
      1PQaTymMYuUmlAgfvQKjbzBtMB0GA1UdDgQWBBSy1ETYxiq3WlSMdNQpafH5TeN5
      rTAfBgNVHSMEGDAWgBSy1ETYxiq3WlSMdNQpafH5TeN5rTAPBgNVHRMBAf8EBTAD
      AQH/MBoGA1UdEQQTMBGCD3B2ZS5leGFtcGxlLmNvbTAKBggqhkjOPQQDAgNJADBG
      AiEAg/llGUCW2Gvkw1F3fYApYdAIEIZwDpLs3LJNh5lremgCIQD5zTmMSMmQs8EG
      sYw4NOyijEZVI0ruU7v1Qz16HkOY7Q==
      -----END CERTIFICATE-----
      """;

  private final RootClient root = RootClient.ofVersion(8);

  @AfterEach
  void close() {
    root.close();
  }

  @Test
  void it_is_read_shown_and_taken_away() {
    var certificate = "certificates=" + CERTIFICATE;
    assertThat(root.refused("POST", PATH, certificate))
        .contains("Attempted to upload custom certificate without (existing) key.");

    var told = root.done("POST", PATH, certificate, KEY);

    assertThat(told.get("subject").asText()).isEqualTo("/O=Lab/CN=pve.example.com");
    assertThat(told.get("san").toString()).isEqualTo("[\"pve.example.com\"]");
    assertThat(told.get("public-key-bits").asInt()).isEqualTo(256);
    assertThat(root.get("/nodes/pve/certificates/info").size()).isEqualTo(3);
    assertThat(root.refused("POST", PATH, certificate))
        .contains("Custom certificate file exists but force flag is not set.");
    root.done("POST", PATH, certificate, "force=1");
    root.done("DELETE", PATH);
    assertThat(root.get("/nodes/pve/certificates/info").size()).isEqualTo(2);
  }

  @Test
  void what_is_no_certificate_is_not_taken() {
    var text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assertThat(root.refused("POST", PATH, "certificates=" + text, KEY))
        .startsWith("500 Setting certificate files failed - ");
  }
}
