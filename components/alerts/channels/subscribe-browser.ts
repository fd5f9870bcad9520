/** What a browser hands out so that Unity can push to it. */
export interface Subscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}
type Outcome =
  | { readonly ok: true; readonly subscription: Subscription }
  | { readonly ok: false; readonly message: string };

/** The browser as far as it is needed: tests have one of their own. */
export interface PushBrowser {
  readonly isSecure: boolean;
  readonly userAgent: string;
  readonly notifications: { requestPermission(): Promise<NotificationPermission> } | undefined;
  readonly workers: Pick<ServiceWorkerContainer, "register" | "ready"> | undefined;
  readonly canPush: boolean;
}

const WORKER = "/push-worker.js";
/** A worker of a few lines is there at once; one that cannot start would be waited for in vain. */
const READY_MS = 10_000;

/** The browser that this runs in. */
export const thisBrowser = (): PushBrowser => ({
  isSecure: window.isSecureContext,
  userAgent: navigator.userAgent,
  notifications: "Notification" in window ? window.Notification : undefined,
  workers: "serviceWorker" in navigator ? navigator.serviceWorker : undefined,
  canPush: "PushManager" in window,
});

/**
 * Asks for permission, starts the worker that shows what comes, and subscribes (Push API). Never throws: what went wrong comes back in
 * words, with what to do. @param publicKey of Unity, as the server gives it
 */
export async function subscribeBrowser(browser: PushBrowser, publicKey: () => Promise<string>): Promise<Outcome> {
  const { isSecure, notifications, workers, canPush } = browser;
  if (!isSecure)
    return failed(
      "Browsers take pushes over https only. Open Unity at its https address, or on the machine itself at localhost.",
    );
  if (!notifications || !workers || !canPush) return failed(unsupported(browser));
  try {
    // First, and at once: browsers ask only while the click is fresh.
    const permission = await notifications.requestPermission();
    if (permission === "denied")
      return failed(
        "This browser refuses notifications of Unity. Allow them in its settings for this site, and try again.",
      );
    if (permission !== "granted")
      return failed("The browser's question was not answered. Try again, and allow notifications.");
    const registration = await startWorker(workers);
    const { endpoint, keys } = (await subscribe(registration, await publicKey())).toJSON();
    if (!endpoint || !keys?.p256dh || !keys.auth)
      return failed("The browser gave no complete subscription. Try another browser.");
    return { ok: true, subscription: { endpoint, p256dh: keys.p256dh, auth: keys.auth } };
  } catch (error) {
    return failed(`The browser could not subscribe: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const failed = (message: string): Outcome => ({ ok: false, message });

function unsupported({ userAgent }: PushBrowser): string {
  return /iPhone|iPad/.test(userAgent)
    ? "On an iPhone or iPad, add Unity to the home screen first, and open it there."
    : "This browser knows no web push, or has it switched off, as in a private window. Use another one.";
}

async function startWorker(workers: NonNullable<PushBrowser["workers"]>): Promise<ServiceWorkerRegistration> {
  await workers.register(WORKER, { scope: "/" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error("its worker did not start. Load the page anew, and try again.")),
      READY_MS,
    );
  });
  // Only one that is active can subscribe.
  return Promise.race([workers.ready, late]).finally(() => clearTimeout(timer));
}

/** One that was made with another key, by a Unity that is gone, is given up for this one. */
async function subscribe({ pushManager }: ServiceWorkerRegistration, publicKey: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  try {
    return await pushManager.subscribe(options);
  } catch (error) {
    const old = await pushManager.getSubscription();
    if (!old || !(error instanceof Error) || error.name !== "InvalidStateError") throw error;
    await old.unsubscribe();
    return pushManager.subscribe(options);
  }
}
