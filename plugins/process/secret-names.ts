/** Names are short; of a longer word only the end is looked at. */
const NAME_LENGTH = 60;

/** Parts of a name that stand for something secret, whatever comes before and after. */
const SECRET_WORD =
  /pass(w(or)?d|phrase|code)?|pwd|secret|token|credential|cookie|authori[sz]ation|bearer|(api|access|private|secret|auth|account|encryption|master|signing|shared)[-_.]?key/i;
/** Whole parts: `key` is one in `--key`, and none in `--keyboard`. */
const SECRET_PART = /(^|[-_.])(pw|pass|key|auth|sig|signature|pin|psk|otp|jwt|sas)$/i;
/** What services begin their tokens with. */
const KNOWN_TOKEN =
  /^["']?(gh[pousr]_|github_pat_|glpat-|sk[-_]|xox[abprs]-|AKIA|ASIA|eyJ[\w-]{10}|hvs\.|dop_v1_|npm_)/;

/** True for `--password`, `PGPASSWORD`, `-Dkey.store.password`, `"token"`. */
export function isSecretName(name: string): boolean {
  const plain = name
    .slice(-NAME_LENGTH)
    .replace(/^[-"'{]+/, "")
    .replace(/["']+$/, "");
  return SECRET_WORD.test(plain) || SECRET_PART.test(plain);
}

export const isToken = (word: string) => KNOWN_TOKEN.test(word);
