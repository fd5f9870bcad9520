import type { APIRequestContext } from "@playwright/test";
import { z } from "zod";

const Instances = z.object({ result: z.object({ data: z.array(z.object({ id: z.string() })) }) });

/** The address of every kind of page, with the instances that a fresh Unity has. */
export async function listPages(request: APIRequestContext): Promise<string[]> {
  const answer = await request.get("/api/trpc/plugins.instances");
  const [first] = Instances.parse(await answer.json()).result.data;
  if (!first) throw new Error("A fresh Unity watches its machine, but there is no instance.");
  const tabs = ["inventory", "runs", "alerts", "settings"].map((tab) => `/instances/${first.id}?tab=${tab}`);
  return [
    "/",
    "/instances",
    `/instances/${first.id}`,
    ...tabs,
    `/instances/${first.id}/edit`,
    "/alerts",
    "/alerts/rules",
    "/alerts/channels",
    "/alerts/channels/new?kind=ntfy",
    "/alerts/channels/new?kind=web-push",
    "/alerts/notifications",
    "/alerts/notifications/log",
    "/alerts/notifications/routes/new",
    "/alerts/notifications/routes/first",
    "/alerts/rules/disk/disk_full",
    "/alerts/rules/new?metric=disk_used_ratio",
    "/alerts/history",
    "/alerts/history?severity=critical&range=7d&q=none",
    "/alerts/silences",
    "/catalogue",
    "/catalogue/postgres",
    "/api",
    "/api?about=Rules",
    "/settings",
    "/settings/storage",
    "/settings/account",
    "/settings/tokens",
    "/settings/assistants",
    "/settings/people",
    "/settings/audit",
    "/settings/audit?outcome=refused&range=7d",
    "/settings/backup",
    "/settings/files",
    "/nowhere",
  ];
}
