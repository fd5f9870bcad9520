import { createHmac } from "node:crypto";

/** For tests only: a browser that keeps cookies and goes where it is sent by nobody. */
export function openBrowser(url: string, more: Readonly<Record<string, string>> = {}) {
  const jar = new Map<string, string>();
  const set: string[] = [];

  async function send(path: string, init: RequestInit = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { "content-type": "application/json", origin: url, ...more, cookie };
    const answer = await fetch(`${url}${path}`, { redirect: "manual", ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      set.push(line);
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: parse(text) };
  }

  return {
    jar,
    /** Every set-cookie line that came. */
    set,
    get: (path: string) => send(path),
    post: (path: string, body: object = {}) => send(path, { method: "POST", body: JSON.stringify(body) }),
    signIn: (username: string, password: string) =>
      send("/api/auth/sign-in/username", { method: "POST", body: JSON.stringify({ username, password }) }),
    /** @returns what `account.me` says */
    async me() {
      const { body } = await send("/api/trpc/account.me");
      return (body as { result: { data: { name: string | null; role: string | null; via: string } } }).result.data;
    },
  };
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_S = 30;

/** For tests only: what an authenticator app shows now, RFC 6238. @param secret in base32, blanks do not matter */
export function totpOf(secret: string, at = Date.now()): string {
  const bits = [...secret.replace(/[\s=]/g, "")]
    .map((letter) => BASE32.indexOf(letter.toUpperCase()).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 1_000 / STEP_S)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** For tests only. @param uri as in the picture that it scans */
export const totp = (uri: string): string => totpOf(new URL(uri).searchParams.get("secret") ?? "");

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
