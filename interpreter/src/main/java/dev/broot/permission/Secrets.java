package dev.broot.permission;

import java.util.regex.Pattern;

/** Which names of variables suggest a secret. */
final class Secrets {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(TOKENS?(_.*)?|SECRET.*|PASSWORD.*|PASSWD.*|PASSPHRASE.*|CREDENTIAL.*|API_?KEY.*"
              + "|PRIVATE_?KEY.*|ACCESS_?KEY.*|_KEY|_PASS|_PWD|_PAT|_AUTH|_JWT|_COOKIE|_DSN"
              + "|DATABASE_URL)");

  private Secrets() {}

  static boolean isSecret(String name) {
    return SECRET.matcher(name).matches();
  }
}
