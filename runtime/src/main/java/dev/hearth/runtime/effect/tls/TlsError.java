package dev.hearth.runtime.effect.tls;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which certificates, keys and fingerprints fail on purpose. */
public enum TlsError implements ErrorCode {
  UNTRUSTED(
      ErrorKind.SYSTEM,
      "The certificate of `%s` is not trusted; it was issued by `%s`.",
      "If it is the right machine, pin its fingerprint %3$s, or trust the authority that issued"
          + " it."),
  WRONG_HOST(
      ErrorKind.SYSTEM,
      "The certificate of `%s` is for other names: %s.",
      "Use one of those names, or pin the fingerprint %3$s if it is the right machine."),
  FINGERPRINT_MISMATCH(
      ErrorKind.SYSTEM,
      "The certificate of `%s` has the fingerprint %s, but %s is pinned.",
      "If the certificate was renewed, compare the fingerprint on the machine itself and pin the"
          + " new one; otherwise something else answers."),
  FINGERPRINT_MALFORMED(
      ErrorKind.USAGE,
      "`%s` is not the SHA-256 fingerprint of a certificate.",
      "Write its 32 bytes as `AA:BB:…`; Proxmox shows it with `pvenode cert info`."),
  CERTIFICATES_UNREADABLE(
      ErrorKind.USAGE,
      "%s holds no certificate that can be read.",
      "Give certificates in PEM form, beginning with `-----BEGIN CERTIFICATE-----`."),
  KEY_UNREADABLE(
      ErrorKind.USAGE,
      "The private key of %s cannot be read.",
      "Give it in PEM form, RSA or EC, without a passphrase, and matching the certificate."),
  NO_TLS_IN_PROCESS(
      ErrorKind.SYSTEM,
      "`%s` is simulated and has no certificate.",
      "Run without `--simulate` to see the certificate of the real one.");

  private final ErrorText text;

  TlsError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("tls", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
