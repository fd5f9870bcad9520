import type { ServerResponse } from "node:http";

const PATH = "/push-worker.js";

/**
 * What runs in a browser that subscribed to web pushes: shows what comes, and opens its page when somebody taps it. The newer message of a
 * group takes the place of the older, and is heard again. Nothing in a message does anything by itself.
 */
const SOURCE = `"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

function read(data) {
  try {
    return data.json() || {};
  } catch {
    return {};
  }
}

self.addEventListener("push", (event) => {
  const note = read(event.data);
  const actions = Array.isArray(note.actions) ? note.actions : [];
  const links = { "": note.url };
  actions.forEach((action, index) => { links["action" + index] = action.url; });
  event.waitUntil(
    self.registration.showNotification(String(note.title || "Unity"), {
      body: String(note.body || ""),
      icon: "/icon.svg",
      ...(note.tag ? { tag: String(note.tag), renotify: true } : {}),
      silent: note.state === "resolved",
      requireInteraction: note.severity === "critical" && note.state !== "resolved",
      actions: actions.map((action, index) => ({ action: "action" + index, title: String(action.title) })),
      data: links,
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const links = event.notification.data || {};
  const wanted = links[event.action || ""] || "/";
  const url = new URL(wanted, self.location.origin);
  if (url.protocol !== "http:" && url.protocol !== "https:") return;
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((windows) => {
      const open = windows.find((one) => one.url === url.href);
      return open ? open.focus() : self.clients.openWindow(url.href);
    }),
  );
});
`;

/** `/push-worker.js`, at the root so that it is a worker of the whole site. */
export const pushWorker = {
  matches: (path: string) => path === PATH,
  handle(response: ServerResponse): void {
    const headers = {
      "content-type": "text/javascript; charset=utf-8",
      // Browsers ask for it anew by themselves; an old one must not stay.
      "cache-control": "no-cache",
      "content-security-policy": "default-src 'none'",
    };
    response.writeHead(200, headers).end(SOURCE);
  },
};
