import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { type RunningStore, startStore } from "../../scripts/stores/start-store.mjs";
import { makeCertificates } from "../collect/doors/test-certificates";
import type { Availability } from "./breaker";
import { openMysql } from "./mysql";
import { openPostgres } from "./postgres";
import { openRedis } from "./redis";
import { migrationsRoot } from "./test-servers";

const certificates = makeCertificates();
const migrationsFolder = join(migrationsRoot, "postgres");
const NO_REDIS_WITHIN = { timeout: 15_000 };
const moduleAt = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);

/** In a process that trusts the authority from its start: Node reads that nowhere else. @returns what it printed */
async function runTrusting(code: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "unity-tls-"));
  try {
    const authority = join(folder, "ca.pem");
    await writeFile(authority, certificates.caPem);
    const args = ["--import", "tsx", "--input-type=module", "--eval", code];
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority };
    return (await promisify(execFile)(process.execPath, args, { env, timeout: 40_000 })).stdout.trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}

describeWith("redis", () => {
  let redis: RunningStore;
  beforeAll(async () => {
    redis = await startStore("redis", { tls: certificates.good });
  });
  afterAll(() => redis.stop());

  test("rediss: is used by whoever trusts its certificate", async () => {
    const printed = await runTrusting(`
      const { openRedis } = await import(${moduleAt("redis.ts")});
      const values = openRedis(${JSON.stringify(redis.url)}, { now: Date.now, told: ({ available }) => console.log(available) });
      const entry = { key: "unity:test", text: "here", ttlSeconds: 60 };
      for (let tries = 0; tries < 50 && (await values.get(entry.key)) !== entry.text; tries++) {
        await values.put([entry]);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      console.log(await values.get(entry.key));
      await values.close();`);
    expect(printed.split("\n")).toEqual(["true", "here"]);
  });

  test("rediss: is no cache for whoever does not, nor is redis: there; both are told once", async () => {
    for (const [url, reason] of [
      [redis.url, /certificate/],
      [redis.url.replace("rediss:", "redis:"), /./],
    ] as const) {
      const told: Availability[] = [];
      const values = openRedis(url, { now: Date.now, told: (state) => told.push(state) });
      await expect.poll(() => told.length, NO_REDIS_WITHIN).toBe(1);
      await values.put([{ key: "unity:test", text: "here", ttlSeconds: 60 }]);
      expect(await values.get("unity:test")).toBeUndefined();
      expect(told).toEqual([{ available: false, reason: expect.stringMatching(reason) }]);
      await values.close();
    }
  });
});

describeWith("mysql", (plain) => {
  const isEncrypted = async (url: string) => {
    const connection = await openMysql(url, { migrationsFolder: join(migrationsRoot, "mysql") });
    try {
      const [row] = await connection.engine.query("show session status like 'Ssl_cipher'");
      return row?.[1] !== "";
    } finally {
      await connection.close();
    }
  };

  test("ssl in the address encrypts, and looks at the certificate unless told not to", async () => {
    const secure = await startStore("mysql", { tls: certificates.good });
    try {
      expect(await isEncrypted(`${secure.url}?ssl={"rejectUnauthorized":false}`)).toBe(true);
      expect(await isEncrypted(secure.url)).toBe(false);
      await expect(isEncrypted(`${secure.url}?ssl={}`)).rejects.toThrow(/certificate is not trusted/);
      await expect(isEncrypted(`${plain}?ssl={}`)).rejects.toThrow(/speaks no TLS/);
    } finally {
      await secure.stop();
    }
  });
});

describeWith("postgres", (plain) => {
  let secure: RunningStore;
  beforeAll(async () => {
    secure = await startStore("postgres", { tls: certificates.good });
  });
  afterAll(() => secure.stop());

  const isEncrypted = async (url: string) => {
    const connection = await openPostgres(url, { migrationsFolder });
    try {
      const [row] = await connection.engine.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
      return row?.[0];
    } finally {
      await connection.close();
    }
  };

  test("sslmode=require encrypts; verify-full wants a certificate that is trusted", async () => {
    expect(await isEncrypted(`${secure.url}?sslmode=require`)).toBe(true);
    expect(await isEncrypted(`${secure.url}?sslmode=disable`)).toBe(false);
    const verified = `${secure.url}?sslmode=verify-full`;
    await expect(isEncrypted(verified)).rejects.toThrow(/certificate is not trusted here.+NODE_EXTRA_CA_CERTS/);
    const printed = await runTrusting(`
      const { openPostgres } = await import(${moduleAt("postgres.ts")});
      const connection = await openPostgres(${JSON.stringify(verified)}, { migrationsFolder: ${JSON.stringify(migrationsFolder)} });
      console.log((await connection.engine.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()"))[0][0]);
      await connection.close();`);
    expect(printed).toBe("true");
  });

  test("a server without TLS is no place for whoever asks for it, and nobody waits for that", async () => {
    await expect(isEncrypted(`${plain}?sslmode=require`)).rejects.toMatchObject({
      message: expect.stringContaining("speaks no TLS"),
      code: "NO_TLS",
    });
  });
});
