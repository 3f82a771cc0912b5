package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.tls.Fingerprint;
import dev.hearth.runtime.effect.tls.PeerCertificate;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.terminal.Questions;
import dev.hearth.terminal.Questions.Answer;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Terminal;
import java.time.Instant;
import java.util.Optional;

/**
 * Settles which certificate a connection is to believe, before anything secret is sent there: one
 * that an authority vouches for, or the very one that a person has looked at.
 */
final class CertificateQuestion {
  private final Terminal terminal;
  private final Net net;
  private final String source;

  /**
   * The question of one binding.
   *
   * @param source where a person finds the fingerprint, as a sentence; may be empty
   */
  CertificateQuestion(Terminal terminal, Net net, String source) {
    this.terminal = terminal;
    this.net = net;
    this.source = source;
  }

  /**
   * What to pin; empty when an authority vouches for what answers there.
   *
   * @throws HearthException {@code cli.certificate-unknown} when nobody can be asked, {@code
   *     cli.certificate-refused} when the answer was no
   */
  Optional<Fingerprint> settle(NetAddress address) {
    if (PeerCertificate.isVouchedFor(net, address)) {
      return Optional.empty();
    }
    var certificate = PeerCertificate.fetch(net, address);
    if (!terminal.interactive()) {
      throw described(
          new HearthException(CliError.CERTIFICATE_UNKNOWN, address, certificate.fingerprint()),
          certificate);
    }
    var questions = new Questions(terminal);
    questions.say(text(address, certificate));
    if (questions.yes("Is it the right one?", Answer.NO)) {
      return Optional.of(certificate.fingerprint());
    }
    throw described(new HearthException(CliError.CERTIFICATE_REFUSED, address), certificate);
  }

  private static HearthException described(HearthException e, PeerCertificate certificate) {
    return e.with("fingerprint", certificate.fingerprint().toString())
        .with("subject", certificate.subject())
        .with("issuer", certificate.issuer())
        .with("names", certificate.names())
        .with("validFrom", certificate.validFrom().toString())
        .with("validUntil", certificate.validUntil().toString());
  }

  private String text(NetAddress address, PeerCertificate certificate) {
    var names = certificate.names().isEmpty() ? "none" : String.join(", ", certificate.names());
    return """

    No authority that this machine knows vouches for the certificate of %s:
      fingerprint  %s
      subject      %s
      issuer       %s
      names        %s
      valid        %s to %s
    Compare the fingerprint with what the server itself shows.%s
    """
        .formatted(
            address,
            terminal.errScreen().paint(Role.STRONG, certificate.fingerprint().toString()),
            SafeText.line(certificate.subject()),
            SafeText.line(certificate.issuer()),
            SafeText.line(names),
            day(certificate.validFrom()),
            day(certificate.validUntil()),
            source.isEmpty() ? "" : " " + source);
  }

  private static String day(Instant time) {
    return time.toString().substring(0, 10);
  }
}
