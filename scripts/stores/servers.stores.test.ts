import { once } from "node:events";
import { connect } from "node:net";
import postgres from "postgres";
import { expect, test } from "vitest";
import { describeWith } from "./describe-with";

/** What a server says on a TCP connection after this, at first. */
async function firstWords(url: string, text = ""): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(text);
  const [data]: Buffer[] = await once(socket, "data");
  socket.destroy();
  return data ?? Buffer.alloc(0);
}

describeWith("postgres", (url) => {
  test("answers, lets databases be made, and does not keep the time of UTC", async () => {
    const sql = postgres(url, { max: 1, onnotice: () => undefined });
    await sql`create database proof`;
    await sql`drop database proof`;
    const [zone] = await sql`show timezone`;
    await sql.end();
    expect(zone).toEqual({ TimeZone: "Asia/Kolkata" });
  });
});

describeWith("mysql", (url) => {
  test("greets in protocol 10, as MariaDB", async () => {
    const greeting = await firstWords(url);
    expect(greeting[4]).toBe(10);
    expect(greeting.subarray(5, 60).toString("latin1")).toContain("MariaDB");
  });
});

describeWith("redis", (url) => {
  test("wants its password, then answers", async () => {
    expect((await firstWords(url, "PING\r\n")).toString()).toMatch(/^-NOAUTH/);
    expect((await firstWords(url, `AUTH ${new URL(url).password}\r\nPING\r\n`)).toString()).toBe("+OK\r\n+PONG\r\n");
  });
});

describeWith("victoriametrics", (url) => {
  test("shows a sample that was just written", async () => {
    // A second ago: a question without a time asks for a little less than now.
    const body = `proof 42 ${Date.now() - 1_000}\n`;
    await fetch(`${url}/api/v1/import/prometheus`, { method: "POST", body });
    await fetch(`${url}/internal/force_flush`);
    const answer = await fetch(`${url}/api/v1/query?query=proof`);
    expect(await answer.text()).toContain('"42"');
  });
});

describeWith("timescale", (url) => {
  test("makes the extension, in a database of its own", async () => {
    const administrator = postgres(url, { max: 1, onnotice: () => undefined });
    await administrator`create database proof_timescale`;
    const address = new URL(url);
    address.pathname = "/proof_timescale";
    const sql = postgres(address.href, { max: 1, onnotice: () => undefined });
    await sql`create extension if not exists timescaledb`;
    const [extension] = await sql`select extversion from pg_extension where extname = 'timescaledb'`;
    await sql.end();
    await administrator`drop database proof_timescale`;
    await administrator.end();
    expect(extension?.extversion).toMatch(/^2\./);
  });
});
