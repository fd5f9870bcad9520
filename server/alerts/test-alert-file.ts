import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../clock";
import type { Connection } from "../db/database";
import { createLog } from "../log";
import { testSecrets } from "../vault/test-vault";
import { createAlertFiles } from "./alert-file";
import { openChannelBook } from "./channel-book";
import { openNotifyBook } from "./notify/notify-book";
import { openRuleBook } from "./rule-book";
import { openSilenceBook } from "./silence-book";

/** What people set about alerts, in a database that nothing is in yet. */
async function openBooks(connection: Connection) {
  const { db, schema } = connection;
  for (const table of [schema.alerts, schema.alertOverrides, schema.channels, schema.silences, schema.settings])
    await db.delete(table);
  const changed: string[] = [];
  const deps = { clock: systemClock, log: createLog("silent") };
  const books = {
    rules: await openRuleBook(connection, { ...deps, changed: () => changed.push("rules") }),
    channels: await openChannelBook(connection, {
      ...deps,
      secrets: testSecrets,
      changed: () => changed.push("channels"),
    }),
    silences: await openSilenceBook(connection, { ...deps, changed: () => changed.push("silences") }),
    notify: await openNotifyBook(connection, { ...deps, secrets: testSecrets, changed: () => changed.push("routes") }),
  };
  const files = createAlertFiles({
    connection,
    clock: systemClock,
    alerts: { book: books.rules },
    channels: { book: books.channels },
    muting: books,
    notifier: { book: books.notify },
  });
  return { ...books, files, changed, connection, deps };
}

const draft = (name: string) => ({
  name,
  scope: { kind: "all" },
  parts: [{ kind: "failing", runs: 3 }],
  severity: "warning",
  summary: "x",
});
const DRY = { dryRun: true, removeMissing: false, by: "somebody" };
const KEEP = { ...DRY, dryRun: false };
const REPLACE = { ...KEEP, removeMissing: true };

const PLANTED = "https://hooks.test/PLANTED";
const HOUR_MS = 3_600_000;
const silence = (name: string, from: number) => ({
  kind: "silence",
  name,
  matchers: [{ of: "host", value: "nas" }],
  when: { kind: "once", from, to: from + HOUR_MS },
});

/** A household with something of everything. */
async function fill({ rules, channels, silences, notify }: Awaited<ReturnType<typeof openBooks>>) {
  const phone = await channels.create({ kind: "webhook", name: "Phone", enabled: true, config: { url: PLANTED } });
  const mail = { host: "mail.lab", from: "u@lab", to: ["me@lab"], user: "u", password: "pass-PLANTED" };
  const post = await channels.create({ kind: "email", name: "Mail", enabled: true, config: mail });
  await rules.create({ ...draft("Own"), channels: [phone.id], labels: { team: "a", of: "b", zone: "c" } });
  const escalate = [{ afterMinutes: 5, channels: [post.id] }];
  await notify.setRoutes([
    { id: "nights", name: "Nights", timeZone: "UTC", channels: [phone.id], escalate },
    { id: "rest", name: "Rest", timeZone: "UTC", channels: "all" },
  ]);
  const kept = await silences.create(silence("Known", Date.now() - 1_000), "me");
  return { phone, post, kept: kept.silence };
}

/** A file of everything: the same on every database. `open` gives the same database each time. */
export function describeAlertFiles(name: string, open: () => Promise<Connection>): void {
  describe(`a file of everything on ${name}`, () => {
    const ends: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const end of ends.splice(0)) await end();
    });
    async function start(): Promise<Connection> {
      const connection = await open();
      ends.push(() => connection.close());
      return connection;
    }

    test("a file changes what it names, adds what is new, and removes only when that is asked for", async () => {
      const { rules: book, files, changed, connection, deps } = await openBooks(await start());
      const [kept, other] = [await book.create(draft("Kept")), await book.create(draft("Other"))];
      await book.override({ rule: "disk/full", scope: { kind: "host", host: "nas" }, set: { limit: 5 } });
      changed.length = 0;

      const whole = files.export();
      expect(await files.import(whole, DRY)).toEqual({
        added: [],
        changed: [],
        missing: [],
        unchanged: 3,
        notes: [],
        applied: false,
      });

      const file = `version: 1
rules:
  - { name: Kept, scope: { kind: all }, parts: [{ kind: failing, runs: 3 }], severity: critical, summary: x }
  - { id: mine, name: New, scope: { kind: all }, parts: [{ kind: failing, runs: 1 }], severity: info, summary: y }
overrides:
  - { rule: disk/full, scope: { host: nas, kind: host }, set: { limit: 5 } }
`;
      const report = await files.import(file, DRY);
      expect(report).toEqual({
        added: [{ kind: "rule", id: "mine", name: "New" }],
        changed: [{ kind: "rule", id: kept.id, name: "Kept", fields: ["severity"] }],
        missing: [{ kind: "rule", id: other.id, name: "Other" }],
        unchanged: 1,
        notes: [],
        applied: false,
      });
      expect(changed).toEqual([]);

      expect((await files.import(file, KEEP)).applied).toBe(true);
      expect(book.rules().map(({ name, severity }) => [name, severity])).toEqual([
        ["Kept", "critical"],
        ["Other", "warning"],
        ["New", "info"],
      ]);
      await files.import(file, REPLACE);
      expect(book.rules().map(({ name }) => name)).toEqual(["Kept", "New"]);
      expect(changed).toHaveLength(2);

      await files.import(whole, REPLACE);
      expect(files.export()).toBe(whole);
      expect(await openRuleBook(connection, { ...deps, changed: () => undefined }).then((one) => one.rules())).toEqual(
        book.rules(),
      );
    });

    test("everything goes to a file without its secrets, and comes back to where it was", async () => {
      const books = await openBooks(await start());
      const { phone, post, kept } = await fill(books);
      await books.silences.create(silence("Long over", Date.now() - 9 * HOUR_MS), "me");
      const file = books.files.export();
      expect(file).not.toContain("PLANTED");
      expect(file).not.toContain("Long over");
      expect(await books.files.import(file, DRY)).toMatchObject({
        added: [],
        changed: [],
        missing: [],
        notes: [],
        unchanged: 6,
      });

      // Everything was changed since, and something made: the file puts it back, and the secrets are those that are stored.
      await books.channels.update(phone.id, {
        kind: "webhook",
        name: "Changed",
        enabled: false,
        config: { url: "***" },
      });
      await books.notify.setRoutes([
        { id: "own", name: "Own", timeZone: "UTC" },
        ...books.notify.routes().toReversed(),
      ]);
      await books.silences.update(kept.id, { ...silence("Other", Date.now()), kind: "maintenance" });
      const made = await books.silences.create(silence("Made since", Date.now() - 1_000), "me");
      books.changed.length = 0;
      const report = await books.files.import(file, REPLACE);
      expect(report).toMatchObject({
        added: [],
        changed: [
          { kind: "channel", name: "Phone", fields: ["name", "enabled"] },
          { kind: "route", name: "Nights", fields: ["order"] },
          { kind: "route", name: "Rest", fields: ["order"] },
          { kind: "silence", name: "Known", fields: ["kind", "name", "when"] },
        ],
        missing: [
          { kind: "route", name: "Own" },
          { kind: "silence", name: "Made since" },
        ],
        notes: [],
        unchanged: 2,
      });
      expect(books.changed.toSorted()).toEqual(["channels", "routes", "rules", "silences"]);
      expect(books.files.export()).toBe(file);
      expect(books.channels.get(phone.id)).toMatchObject({ ...phone, updatedAt: expect.any(Number) });
      expect(books.channels.get(post.id)?.config.password).toBe("pass-PLANTED");
      expect(books.silences.require(kept.id).silence).toEqual(kept);
      // It ran: it is over, not as if it had never been.
      expect(books.silences.require(made.silence.id).window.openingAt(Date.now())).toBeUndefined();
    });

    test("on another machine channels wait for their secrets, and keep those that are there by then", async () => {
      const home = await openBooks(await start());
      const { phone, post } = await fill(home);
      const file = home.files.export();
      const books = await openBooks(await start());
      const report = await books.files.import(file, KEEP);
      expect(report.notes).toEqual([
        'The channel "Phone" is off until this is typed in: Address.',
        'The channel "Mail" is off until this is typed in: Password.',
      ]);
      expect(books.channels.list().map(({ id, enabled }) => [id, enabled])).toEqual([
        [phone.id, false],
        [post.id, false],
      ]);
      expect(books.rules.rules()[0]?.channels).toEqual([phone.id]);
      expect(books.notify.routes().map(({ id }) => id)).toEqual(["nights", "rest"]);
      expect((await books.files.import(file, DRY)).changed).toEqual([]);
      await books.channels.update(phone.id, {
        kind: "webhook",
        name: "Phone",
        enabled: false,
        config: { url: PLANTED },
      });
      const next = await books.files.import(file, KEEP);
      expect(next.changed).toMatchObject([{ kind: "channel", name: "Phone", fields: ["enabled"] }]);
      expect(next.notes).toHaveLength(1);
      expect(books.channels.get(phone.id)).toMatchObject({ enabled: true, config: { url: PLANTED } });
    });

    test("a channel of the same name is that channel, and who names it by the file's id, or by its name, means it", async () => {
      const books = await openBooks(await start());
      const { phone } = await fill(books);
      const report = await books.files.import(
        `version: 1
rules:
  - { name: New, scope: { kind: all }, parts: [{ kind: failing }], severity: info, summary: x, channels: [away, Mail, Phnoe] }
channels:
  - { id: away, kind: webhook, name: phone, config: { url: "***" } }
routes:
  - { name: Nights, timeZone: UTC, channels: [PHONE] }
`,
        KEEP,
      );
      expect(report.changed.map(({ kind, fields }) => [kind, fields])).toEqual([
        ["channel", ["name"]],
        ["route", ["escalate"]],
      ]);
      expect(report.missing.map(({ kind, name }) => [kind, name])).toEqual([
        ["rule", "Own"],
        ["channel", "Mail"],
        ["route", "Rest"],
      ]);
      expect(report.notes).toEqual(['The rule "New" names a channel that is not there: Phnoe.']);
      const [mail] = books.channels.list().filter(({ name }) => name === "Mail");
      expect(books.rules.rules().at(-1)?.channels).toEqual([phone.id, mail?.id, "Phnoe"]);
      expect(books.notify.routes().map(({ channels }) => channels)).toEqual([[phone.id], "all"]);
      expect(books.channels.get(phone.id)?.config.url).toBe(PLANTED);
    });

    test("what a channel cannot be is said with its line, nothing is stored, and no secret is told", async () => {
      const books = await openBooks(await start());
      await fill(books);
      const before = books.files.export();
      const refusals = [
        ["{ kind: pigeon, name: x, config: {} }", "channels, number 1, kind"],
        ["{ kind: webhook, name: x, config: { url: nowhere } }", "channels, number 1, config.url"],
        ["{ kind: webhook, name: x, config: { url: https://a.test, urll: 5 } }", "config.urll: This is no setting"],
        [
          "{ kind: email, name: Mail, config: { host: evil.test, from: u@lab, to: [a@b], password: '***' } }",
          "enter this anew",
        ],
        [
          "{ kind: ntfy, name: One, config: { topic: t } }\n  - { kind: ntfy, name: one, config: { topic: t } }",
          "already",
        ],
      ] as const;
      for (const [channel, says] of refusals) {
        const refused = books.files.import(`version: 1\nrules: []\nchannels:\n  - ${channel}\n`, REPLACE);
        await expect(refused).rejects.toThrow(says);
        await expect(refused).rejects.toThrow(/^Line [45]: /);
        await expect(refused).rejects.not.toThrow("PLANTED");
      }
      expect(books.files.export()).toBe(before);
    });

    test("parts that a file does not speak of stay, also when what is missing is removed", async () => {
      const books = await openBooks(await start());
      await fill(books);
      const before = books.files.export();
      const report = await books.files.import("version: 1\noverrides: []\n", REPLACE);
      expect(report).toMatchObject({ added: [], changed: [], missing: [], unchanged: 0 });
      expect(books.files.export()).toBe(before);
      await books.files.import("version: 1\nsilences: []\n", REPLACE);
      expect(books.silences.all().filter(({ window }) => window.openingAt(Date.now()))).toEqual([]);
      expect(books.channels.list()).toHaveLength(2);
    });
  });
}
