import { z } from "zod";
import { type CollectContext, CollectError, type HttpApi, labelItems, openApi, type Report, toLabel } from "../sdk";
import { MAX_BYTES, type Part, parseUptime, readParts, reportGateway, reportStates } from "./appliance";
import type { Config } from "./config";
import { listOf, loose, objectOf, yesOrNo } from "./loose";
import { LOAD_SECONDS, type metrics, UPDATE_SECONDS } from "./metrics";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

const text = () =>
  z
    .string()
    .nullish()
    .catch("")
    .transform((value) => value ?? "");

const Gateways = z.object({
  items: listOf(z.looseObject({ name: z.string(), status: text(), delay: loose(), stddev: loose(), loss: loose() })),
});
const States = z.object({ current: loose(), limit: loose() });
const Interface = z.looseObject({
  name: text(),
  "bytes received": loose(),
  "bytes transmitted": loose(),
  "input errors": loose(),
  "output errors": loose(),
  "link state": loose(),
});
const Traffic = z.object({
  interfaces: z.preprocess((value) => (Array.isArray(value) ? {} : value), z.record(z.string(), Interface)),
});
const Resources = objectOf({ memory: z.looseObject({ total: loose(), used: loose() }).optional() });
const Disks = objectOf({ devices: listOf(z.looseObject({ mountpoint: z.string(), used_pct: loose() })).default([]) });
const Time = z.object({ uptime: text() });
const Temperatures = listOf(z.looseObject({ device: z.string(), temperature: loose() }));
const Services = z.object({
  rows: listOf(z.looseObject({ id: text(), name: text(), running: yesOrNo() })),
});
const Firmware = z.object({
  status: text(),
  status_msg: text(),
  product_version: text(),
  product: z.looseObject({ product_version: text() }).optional().catch(undefined),
  needs_reboot: yesOrNo(),
});
const Addresses = z.object({ rows: listOf(z.looseObject({ mode: text(), status: text() })) });

/** OPNsense, by its API of 24 to 26: HTTP Basic with key and secret; each endpoint wants a privilege. */
export async function collectOpnsense(context: Context, report: Reported): Promise<void> {
  const { url = "", apiKey = "", apiSecret = "", headers, tls } = context.config;
  const login = { ...headers, authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString("base64")}` };
  const hint = "Check key and secret: System, Access, Users, the user's API keys.";
  const api = openApi(context, {
    ...{ url, tls, maxBytes: MAX_BYTES, headers: login },
    refusals: {
      401: { reason: "auth", hint },
      403: { reason: "permission", hint: "Give the API's user the privileges of the plugin's page." },
    },
  });
  await readParts(context, report, [
    ...network(context, api, report),
    ...machine(context, api, report),
    ...rarely(context, api, login, report),
  ]);
}

function network({ config }: Context, api: HttpApi, report: Reported): Part[] {
  return [
    {
      title: "gateways",
      read: async () => {
        const { items } = await api.read(Gateways, "/api/routes/gateway/status");
        for (const { item, label } of labelItems(items.slice(0, config.maxItems), { name: byName, id: byName }))
          reportGateway(report, {
            name: label,
            // none is online; with delays or losses it still answers.
            up: !/down/.test(item.status),
            ...{ delayMs: item.delay, jitterMs: item.stddev, lossPercent: item.loss },
          });
      },
    },
    {
      title: "states",
      read: async () => {
        const { current, limit } = await api.read(States, "/api/diagnostics/firewall/pf_states");
        reportStates(report, current, limit);
        // It answers only while the packet filter runs.
        if (current !== undefined) report("firewall_active", 1);
      },
    },
    {
      title: "interfaces",
      read: async () => {
        const { interfaces } = await api.read(Traffic, "/api/diagnostics/traffic/interface");
        const items = Object.entries(interfaces);
        report("firewall_chains_truncated", items.length > config.maxItems ? 1 : 0);
        const named = {
          name: ([id, { name }]: (typeof items)[number]) => name || id,
          id: ([id]: (typeof items)[number]) => id,
        };
        for (const { item, label } of labelItems(items.slice(0, config.maxItems), named))
          reportInterface(report, label, item[1]);
      },
    },
    {
      title: "shared addresses",
      read: async () => {
        const { rows } = await api.read(Addresses, "/api/diagnostics/interface/get_vip_status");
        const shared = rows.filter(({ mode, status }) => mode === "carp" || /^(master|backup|init)$/i.test(status));
        if (shared.length > 0)
          report("firewall_carp_master", shared.every(({ status }) => /^master$/i.test(status)) ? 1 : 0);
      },
    },
  ];
}

function reportInterface(report: Reported, name: string, seen: z.output<typeof Interface>): void {
  const labels = { interface: name };
  const { "bytes received": received, "bytes transmitted": sent, "link state": link } = seen;
  if (received !== undefined) report("firewall_interface_receive_bytes_total", received, labels);
  if (sent !== undefined) report("firewall_interface_transmit_bytes_total", sent, labels);
  const errors = [seen["input errors"], seen["output errors"]].filter((count) => count !== undefined);
  if (errors.length > 0)
    report(
      "firewall_interface_errors_total",
      errors.reduce((sum, count) => sum + count, 0),
      labels,
    );
  // FreeBSD's if_data: 1 is down, 2 is up, 0 is not known, as of a loopback.
  if (link === 1 || link === 2) report("firewall_interface_up", link - 1, labels);
}

function machine({ config }: Context, api: HttpApi, report: Reported): Part[] {
  return [
    {
      title: "memory",
      read: async () => {
        const { memory } = await api.read(Resources, "/api/diagnostics/system/systemResources");
        if (memory?.used !== undefined && memory.total)
          report("firewall_memory_used_ratio", memory.used / memory.total);
      },
    },
    {
      title: "disks",
      read: async () => {
        const { devices } = await api.read(Disks, "/api/diagnostics/system/systemDisk");
        const used = new Map(devices.map(({ mountpoint, used_pct }) => [toLabel(mountpoint), used_pct]));
        for (const [mount, percent] of [...used].slice(0, config.maxItems))
          if (percent !== undefined) report("firewall_disk_used_ratio", percent / 100, { mount });
      },
    },
    {
      title: "uptime",
      read: async () => {
        const uptime = parseUptime((await api.read(Time, "/api/diagnostics/system/systemTime")).uptime);
        if (uptime !== undefined) report("firewall_uptime_seconds", uptime);
      },
    },
    {
      title: "temperatures",
      read: async () => {
        const sensors = await api.read(Temperatures, "/api/diagnostics/system/systemTemperature");
        const read = new Map(sensors.map(({ device, temperature }) => [toLabel(device), temperature]));
        for (const [sensor, celsius] of [...read].slice(0, config.maxItems))
          if (celsius !== undefined) report("firewall_temperature_celsius", celsius, { sensor });
      },
    },
    {
      title: "services",
      read: async () => {
        const { rows } = await api.read(Services, "/api/core/service/search");
        const named = { name: byName, id: ({ id }: (typeof rows)[number]) => id };
        for (const { item, label } of labelItems(rows.slice(0, config.maxItems), named))
          if (item.running !== undefined) report("firewall_service_running", item.running ? 1 : 0, { service: label });
      },
    },
  ];
}

function rarely(context: Context, api: HttpApi, login: Readonly<Record<string, string>>, report: Reported): Part[] {
  const { memory } = context;
  const parts: Part[] = [];
  if (memory.due("load", LOAD_SECONDS))
    parts.push({
      title: "processor",
      read: async () => {
        const load = await readLoad(context, login);
        if (load !== undefined) report("firewall_cpu_usage_ratio", load);
      },
    });
  if (memory.due("firmware", UPDATE_SECONDS))
    parts.push({
      title: "updates",
      read: async () => {
        // GET tells what the last check found; POST would make one.
        const found = await api.read(Firmware, "/api/core/firmware/status");
        const version = found.product_version || found.product?.product_version || "";
        report("firewall_info", 1, { type: "opnsense", version: toLabel(version) });
        const isChecked = !/check for update first|requires to check/i.test(found.status_msg);
        if (/^(update|upgrade)$/.test(found.status)) report("firewall_update_available", 1);
        else if (found.status === "none" && isChecked) report("firewall_update_available", 0);
        if (found.needs_reboot !== undefined) report("firewall_reboot_required", found.needs_reboot ? 1 : 0);
      },
    });
  return parts;
}

/** One event has some 70 bytes, and one comes a second. */
const LOAD_BYTES = 120;
const LOAD_MS = 5_000;

/** The processors' load, 0 to 1. It comes as a stream of events without end (since 24.1), of which the beginning is taken. */
async function readLoad(
  { config, fetch }: Context,
  login: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const url = `${(config.url ?? "").replace(/\/+$/, "")}/api/diagnostics/cpu_usage/stream`;
  const headers = { ...login, accept: "text/event-stream" };
  const { status, body } = await fetch(url, {
    headers,
    tls: config.tls,
    maxBytes: LOAD_BYTES,
    timeoutMs: LOAD_MS,
  }).catch((error: unknown) => {
    // Nothing to end the run for: everything else has answered.
    throw new CollectError("partial", "The processors' load did not come in time.", { cause: error });
  });
  if (status === 404) return undefined;
  if (status !== 200) throw new CollectError(status === 403 ? "permission" : "protocol", `It answered ${status}.`);
  const [, percent] = /"total":\s*"?(\d+(?:\.\d+)?)/.exec(body) ?? [];
  return percent === undefined ? undefined : Math.min(1, Number(percent) / 100);
}

const byName = ({ name }: { readonly name: string }) => name;
