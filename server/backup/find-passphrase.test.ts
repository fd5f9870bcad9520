import { EventEmitter } from "node:events";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WrongUse } from "../move/command";
import { makeFolder } from "../move/test-folder";
import { Secret } from "../secrets";
import { chooseArchivePassphrase, findArchivePassphrase, type Passphrases } from "./find-passphrase";

const LONG = "correct horse battery staple";

/** A terminal at which somebody types this, a part at a time, once it is asked. */
function createTerminal(...typed: readonly (string | Buffer)[]) {
  const keys = new EventEmitter();
  const left = [...typed];
  const shown: string[] = [];
  const raw: boolean[] = [];
  const said: string[] = [];
  const stopping = new AbortController();
  const from: Passphrases = {
    file: undefined,
    given: undefined,
    keyboard: Object.assign(keys, {
      isTTY: true,
      setRawMode: (isRaw: boolean) => raw.push(isRaw),
      resume: () => setImmediate(() => left.length > 0 && keys.emit("data", Buffer.from(left.shift() ?? ""))),
      pause: () => undefined,
    }),
    screen: {
      isTTY: true,
      write(text: string) {
        shown.push(text);
      },
    },
    interrupt: () => stopping.abort(new Error("Stopped.")),
    signal: stopping.signal,
    say: (line) => void said.push(line),
  };
  return { from, shown: () => shown.join(""), raw, said };
}

test("what is typed is not shown, may be put right, and is asked for twice", async () => {
  const arrow = "\u001b[D";
  const terminal = createTerminal(`correct horsex\u007f${arrow} battery staple\r`, `${LONG}\n`);
  expect((await chooseArchivePassphrase(terminal.from)).reveal()).toBe(LONG);
  expect(terminal.shown()).toBe("Passphrase of the archive: \nOnce more: \n");
  expect(terminal.raw).toEqual([true, false, true, false]);
});

test("signs of several bytes may come in parts, and one key takes back one sign", async () => {
  const terminal = createTerminal("x🏠\u007f\u007fnaïve🏠\r");
  expect((await findArchivePassphrase(terminal.from)).reveal()).toBe("naïve🏠");
});

test("two that differ, or one that is short, make no archive", async () => {
  await expect(chooseArchivePassphrase(createTerminal(`${LONG}\r`, "another one, longer\r").from)).rejects.toThrow(
    "The two are not the same",
  );
  await expect(chooseArchivePassphrase(createTerminal("hunter2\r").from)).rejects.toThrow("shorter than 12");
  await expect(chooseArchivePassphrase({ ...createTerminal().from, given: new Secret("hunter2") })).rejects.toThrow(
    "shorter than 12",
  );
});

test("Ctrl-C ends it, with the terminal as it was", async () => {
  const terminal = createTerminal("half of\u0003");
  await expect(findArchivePassphrase(terminal.from)).rejects.toThrow("Stopped.");
  expect(terminal.raw).toEqual([true, false]);
});

test("a file comes before the variable, and whoever else may read it is told", async () => {
  const folder = await makeFolder();
  const file = join(folder, "passphrase");
  await writeFile(file, `${LONG}\nnot this\n`, { mode: 0o600 });
  const { from, said } = createTerminal();
  const both = { ...from, file, given: new Secret("another one, longer") };
  expect((await chooseArchivePassphrase(both)).reveal()).toBe(LONG);
  expect(said).toEqual([]);
  await chmod(file, 0o644);
  await findArchivePassphrase(both);
  expect(said).toEqual([`Others may read ${file}: chmod 600 it.`]);
  await writeFile(file, "\n");
  await expect(findArchivePassphrase(both)).rejects.toThrow("has no passphrase in its first line");
  await expect(findArchivePassphrase({ ...from, file: join(folder, "gone") })).rejects.toThrow("cannot be read");
});

test("where nobody can be asked, it says what to do", async () => {
  const { from } = createTerminal();
  const piped = { ...from, keyboard: { ...from.keyboard, isTTY: false } };
  await expect(findArchivePassphrase(piped)).rejects.toThrow(WrongUse);
  await expect(findArchivePassphrase(piped)).rejects.toThrow("UNITY_BACKUP_PASSPHRASE");
});
