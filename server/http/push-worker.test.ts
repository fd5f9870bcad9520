import type { ServerResponse } from "node:http";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { pushWorker } from "./push-worker";

type Listener = (event: object) => void;

/** The worker as a browser runs it, and what it does there. */
function startWorker() {
  let source = "";
  const response = {
    writeHead: () => response,
    end(text: string) {
      source = text;
    },
  };
  pushWorker.handle(response as unknown as ServerResponse); // Two methods of it are used.
  const listeners = new Map<string, Listener>();
  const shown: { title: string; options: Record<string, unknown> }[] = [];
  const opened: string[] = [];
  const waited: Promise<unknown>[] = [];
  const self = {
    addEventListener: (name: string, listener: Listener) => listeners.set(name, listener),
    location: { origin: "https://unity.lab" },
    registration: {
      showNotification: async (title: string, options: Record<string, unknown>) => void shown.push({ title, options }),
    },
    clients: { matchAll: async () => [], openWindow: async (url: string) => void opened.push(url) },
  };
  runInNewContext(source, { self, URL });
  const dispatch = async (name: string, event: object) => {
    listeners.get(name)?.({ ...event, waitUntil: (work: Promise<unknown>) => waited.push(work) });
    await Promise.all(waited);
  };
  return { shown, opened, dispatch };
}
const push = (note: unknown) => ({ data: { json: () => note } });
const NOTE = {
  tag: "abc",
  title: "Disk nearly full",
  body: "<b>97 %</b>",
  severity: "critical",
  state: "firing",
  url: "https://unity.lab/alerts",
  actions: [{ title: "Acknowledge", url: "https://unity.lab/act/1" }],
};

test("shows what comes, the newer in place of the older of its group, and aloud", async () => {
  const { shown, dispatch } = startWorker();
  await dispatch("push", push(NOTE));
  expect(shown).toMatchObject([
    {
      title: "Disk nearly full",
      options: {
        body: "<b>97 %</b>",
        tag: "abc",
        renotify: true,
        silent: false,
        requireInteraction: true,
        actions: [{ action: "action0", title: "Acknowledge" }],
      },
    },
  ]);
  await dispatch("push", push({ ...NOTE, state: "resolved" }));
  expect(shown[1]?.options).toMatchObject({ silent: true, requireInteraction: false });
});

test("shows something for whatever comes: a browser takes the permission away otherwise", async () => {
  const { shown, dispatch } = startWorker();
  await dispatch("push", { data: null });
  await dispatch("push", push(null));
  expect(shown.map(({ title }) => title)).toEqual(["Unity", "Unity"]);
});

test.each([
  ["", "https://unity.lab/alerts"],
  ["action0", "https://unity.lab/act/1"],
])("a tap on %j opens %s", async (action, url) => {
  const { shown, opened, dispatch } = startWorker();
  await dispatch("push", push(NOTE));
  await dispatch("notificationclick", {
    action,
    notification: { close: () => undefined, data: shown[0]?.options.data },
  });
  expect(opened).toEqual([url]);
});

test("opens nothing but pages", async () => {
  const { opened, dispatch } = startWorker();
  const notification = { close: () => undefined, data: { "": "javascript:alert(1)" } };
  await dispatch("notificationclick", { action: "", notification });
  expect(opened).toEqual([]);
});
