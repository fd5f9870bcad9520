import { access, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WrongUse } from "../move/command";
import type { Piece } from "../move/piece";
import { closeFile, makeFolder, openFile } from "../move/test-folder";
import { answersOf } from "../move/test-installation";
import { type Env, forge, KEY_ONE, KEY_TWO, makeInstallation, PASSPHRASE, unity } from "./test-backups";

/** A backup of each kind, and a place where nothing is yet. */
async function makeBackups() {
  const folder = await makeFolder();
  const own: Env = { UNITY_DATA: folder, UNITY_SECRET_KEY: KEY_ONE };
  const other: Env = { UNITY_DATA: join(folder, "elsewhere"), UNITY_SECRET_KEY: KEY_TWO };
  const at = (name: string) => join(folder, name);
  await makeInstallation(at("a.db"), own);
  for (const kind of ["kept", "none", "passphrase"])
    await unity(["backup", at(kind), "--from", `sqlite:${at("a.db")}`, "--secrets", kind], {
      ...own,
      UNITY_BACKUP_PASSPHRASE: PASSPHRASE,
    });
  const target = at("b.db");
  const restore = (name: string, env: Env = own, ...more: string[]) =>
    unity(["restore", at(name), "--to", `sqlite:${target}`, ...more], env);
  return { folder, own, other, at, target, restore };
}
const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

test("the wrong passphrase, none, and the wrong key are told, and nothing is made", async () => {
  const { own, other, restore, target, folder } = await makeBackups();
  const files = async () => (await readdir(folder)).filter((name) => !/-(wal|shm)$/.test(name));
  const before = await files();
  await expect(restore("passphrase", { ...own, UNITY_BACKUP_PASSPHRASE: "wrong horse battery" })).rejects.toThrow(
    /^The passphrase is not that of .+\/passphrase\. Try another/,
  );
  await expect(restore("passphrase")).rejects.toThrow(WrongUse);
  await expect(restore("kept", other)).rejects.toThrow(
    /^The secrets in .+\/kept are encrypted under the key [0-9a-f]{12} .+ which is not here \(UNITY_SECRET_KEY\)\. Copy the file secret\.key/,
  );
  expect(await isThere(target)).toBe(false);
  expect(await files()).toEqual(before);
});

test("a file that was cut off or changed anywhere is told with the place, and nothing is made", async () => {
  const { at, restore, target } = await makeBackups();
  const bytes = await readFile(at("none"));
  for (const share of [0, 0.01, 0.2, 0.5, 0.9, 0.999]) {
    const place = Math.floor(bytes.length * share);
    const changed = Buffer.from(bytes);
    changed[place] = (changed[place] ?? 0) ^ 4;
    await writeFile(at("bad"), changed);
    await expect(restore("bad"), `changed at ${place}`).rejects.toThrow(/bad: .+ \(at byte \d+\)$/);
    await writeFile(at("bad"), bytes.subarray(0, place));
    await expect(restore("bad"), `cut at ${place}`).rejects.toThrow(/bad: .+ \(at byte \d+\)$/);
  }
  await expect(restore("missing")).rejects.toThrow(/missing cannot be read/);
  expect(await isThere(target)).toBe(false);
});

test("a record that was left out is missed by the checksum", async () => {
  const { at, restore, target } = await makeBackups();
  const bytes = await readFile(at("none"));
  // The second record, whole.
  const first = 8 + 9 + bytes.readUInt32LE(9);
  const second = first + 9 + bytes.readUInt32LE(first + 1);
  await writeFile(at("bad"), Buffer.concat([bytes.subarray(0, first), bytes.subarray(second)]));
  await expect(restore("bad")).rejects.toThrow(/is not what its checksum says/);
  expect(await isThere(target)).toBe(false);
});

test("who has no key cannot have passwords sent elsewhere: what he changed is told, whatever he signs it with", async () => {
  const { at, own, restore, target } = await makeBackups();
  const redirect = (piece: Piece): Piece =>
    piece.kind === "rows" && piece.table === "channels"
      ? {
          ...piece,
          rows: piece.rows.map((row) => ({ ...row, config: { ...(row.config as object), url: "http://evil" } })),
        }
      : piece;
  const env = { ...own, UNITY_BACKUP_PASSPHRASE: PASSPHRASE };
  for (const kind of ["kept", "passphrase"]) {
    await forge(at(kind), at("forged"), redirect);
    await expect(restore("forged", env)).rejects.toThrow(/forged was changed after it was made/);
  }
  expect(await isThere(target)).toBe(false);
  // As one that never had any, or never was encrypted: then there are none in it.
  for (const secrets of [{ kind: "none" } as const, { kind: "kept", key: null } as const]) {
    const file = `as-${secrets.kind}`;
    await forge(at("kept"), at(file), (piece) =>
      piece.kind === "header" && piece.header.backup
        ? { kind: "header", header: { ...piece.header, backup: { ...piece.header.backup, secrets } } }
        : redirect(piece),
    );
    const to = at(`${file}.db`);
    await unity(["restore", at(file), "--to", `sqlite:${to}`], own);
    const stores = await openFile(to);
    const { db, schema } = stores.connection;
    expect((await db.select().from(schema.channels))[0]?.config).toEqual({ url: "http://evil", token: "" });
    await closeFile(stores);
  }
});

test("what a newer Unity made is told: its version, its tables, its columns", async () => {
  const { at, restore, target } = await makeBackups();
  const change = (header: (one: Extract<Piece, { kind: "header" }>["header"]) => object) =>
    forge(at("none"), at("newer"), (piece) =>
      piece.kind === "header" ? { kind: "header", header: { ...piece.header, ...header(piece.header) } } : piece,
    );
  const tables = (more: Record<string, string[]>) =>
    change(({ backup }) => ({ backup: { ...backup, tables: { ...backup?.tables, ...more } } }));
  const newer = /^.+newer: It was made by a newer Unity \(.+\), and this one is \d.+\. Update this one first\.$/;
  await change(() => ({ unity: "99.0.0" }));
  await expect(restore("newer")).rejects.toThrow(newer);
  await change(() => ({ format: 3 }));
  await expect(restore("newer")).rejects.toThrow(newer);
  await tables({ holograms: ["id"] });
  await expect(restore("newer")).rejects.toThrow(newer);
  await tables({ settings: ["key", "value", "colour"] });
  await expect(restore("newer")).rejects.toThrow(newer);
  await tables({ settings: ["key"] });
  await expect(restore("newer")).rejects.toThrow(/made by an older Unity .+ without the column value of settings/);
  expect(await isThere(target)).toBe(false);
});

test("a database that is in use, or has anything, stays as it is", async () => {
  const { own, target, restore } = await makeBackups();
  const running = await openFile(target);
  await expect(restore("kept")).rejects.toThrow(/is used by another Unity/);
  const { db, schema } = running.connection;
  await db.insert(schema.settings).values({ key: "retention", value: { rawDays: 3 } });
  await expect(restore("kept")).rejects.toThrow(/is not empty: it has the setting retention\. Stop Unity and move/);
  await db.delete(schema.settings);
  await db.insert(schema.alerts).values({ id: "x", origin: "person", rule: {}, createdAt: 1, updatedAt: 1 });
  const before = await answersOf(running);
  await expect(restore("kept")).rejects.toThrow(/is not empty: it has rows in alerts/);
  expect(await answersOf(running)).toEqual(before);
  await db.delete(schema.alerts);
  await closeFile(running);
  expect((await restore("kept")).outcome).toMatchObject({ secrets: { kind: "kept" } });
  await expect(restore("kept", own)).rejects.toThrow(/is not empty/);
});

test.each([
  [["restore"], "wants the name of a file"],
  [["backup", "a", "b"], "one word too many"],
  [["backup", "--secrets", "some"], "must be kept, passphrase, none"],
  [["backup", "--secrets", "none", "--passphrase-file", "x"], "takes no passphrase"],
  [["backup", "--secrets", "passphrase"], "there is no terminal to ask at"],
  [["backup", "--to", "sqlite:x"], "--to means nothing to unity backup"],
  [["restore", "a", "--runs"], "--runs means nothing to unity restore"],
])("%j is not understood", async (args, message) => {
  await expect(unity(args, {})).rejects.toThrow(WrongUse);
  await expect(unity(args, {})).rejects.toThrow(message);
});
