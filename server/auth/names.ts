/** What people may be called, and what a password must be. */
export const USERNAME = {
  shortest: 2,
  longest: 60,
  /** Letters, digits and what stands in addresses; "root", "anna.k", "anna@home". */
  pattern: /^[A-Za-z0-9][A-Za-z0-9._@+-]*$/,
  rule: "A name to sign in with has 2 to 60 letters, digits and . _ @ + -, and begins with a letter or digit.",
};

/** Length is what counts; what is longer than the longest only costs time to hash. */
export const PASSWORD = {
  shortest: 10,
  longest: 200,
  rule: "A password has 10 to 200 characters.",
};

export const DISPLAY_NAME = {
  longest: 100,
  /** The first of these that is a name. */
  of(...candidates: readonly unknown[]): string {
    const found = candidates.find((one) => typeof one === "string" && one.trim() !== "");
    return typeof found === "string" ? found.trim().slice(0, DISPLAY_NAME.longest) : "Somebody";
  },
};

/** better-auth wants an address of everybody; this one can belong to nobody (RFC 2606). */
export const addressOfNobody = (name: string): string => `${encodeURIComponent(name).toLowerCase()}@unity.invalid`;
