import { expect, test, vi } from "vitest";
import { type PushBrowser, subscribeBrowser } from "./subscribe-browser";

const KEYS = { p256dh: "BP256", auth: "auth" };
const subscription = { toJSON: () => ({ endpoint: "https://push.example/1", keys: KEYS }) };

/** A browser that takes pushes, and what it was asked for. */
function makeBrowser(more: Partial<PushBrowser> = {}, subscribe = vi.fn(async (_: unknown) => subscription)) {
  const unsubscribe = vi.fn(async () => true);
  const register = vi.fn(async (_path: string, _options: unknown) => registration);
  const pushManager = { subscribe, getSubscription: async () => ({ unsubscribe }) };
  // Only this of a registration is used.
  const registration = { pushManager } as unknown as ServiceWorkerRegistration;
  const browser: PushBrowser = {
    isSecure: true,
    userAgent: "Firefox/140",
    notifications: { requestPermission: async () => "granted" },
    workers: { register, ready: Promise.resolve(registration) } as unknown as ServiceWorkerContainer,
    canPush: true,
    ...more,
  };
  return { browser, subscribe, register, unsubscribe };
}
const key = async () => "public-key";
const permission = (answer: NotificationPermission) => ({
  notifications: { requestPermission: async () => answer },
});

test("a browser that allows it is subscribed with Unity's key, by the worker of the whole site", async () => {
  const { browser, subscribe, register } = makeBrowser();
  expect(await subscribeBrowser(browser, key)).toEqual({
    ok: true,
    subscription: { endpoint: "https://push.example/1", ...KEYS },
  });
  expect(register).toHaveBeenCalledWith("/push-worker.js", { scope: "/" });
  expect(subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: "public-key" });
});

test.each([
  ["plain http", { isSecure: false }, /over https only/],
  ["no push", { canPush: false }, /knows no web push/],
  ["no worker", { workers: undefined }, /knows no web push/],
  ["an iPhone's page", { notifications: undefined, userAgent: "iPhone" }, /home screen/],
  ["a refusal", permission("denied"), /refuses notifications/],
  ["no answer", permission("default"), /was not answered/],
])("%s is said, with what to do", async (_, more, message) => {
  const { browser, subscribe } = makeBrowser(more);
  expect(await subscribeBrowser(browser, key)).toEqual({ ok: false, message: expect.stringMatching(message) });
  expect(subscribe).not.toHaveBeenCalled();
});

test("a subscription to a Unity that is gone makes room for this one", async () => {
  const wrongKey = Object.assign(new Error("another key"), { name: "InvalidStateError" });
  const subscribe = vi.fn(async (_: unknown) => subscription).mockRejectedValueOnce(wrongKey);
  const { browser, unsubscribe } = makeBrowser({}, subscribe);
  expect(await subscribeBrowser(browser, key)).toMatchObject({ ok: true });
  expect(unsubscribe).toHaveBeenCalledOnce();
});

test("what the browser or the server says goes wrong is told in its words", async () => {
  const subscribe = vi.fn(async (_: unknown) => subscription).mockRejectedValue(new Error("push service error"));
  expect(await subscribeBrowser(makeBrowser({}, subscribe).browser, key)).toEqual({
    ok: false,
    message: "The browser could not subscribe: push service error",
  });
  const away = () => Promise.reject(new Error("no answer"));
  expect(await subscribeBrowser(makeBrowser().browser, away)).toMatchObject({ ok: false });
});
