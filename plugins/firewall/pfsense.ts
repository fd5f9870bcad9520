import { z } from "zod";
import {
  type CollectContext,
  CollectError,
  type HttpApi,
  labelItems,
  openApi,
  parseAnswer,
  type Report,
  toLabel,
} from "../sdk";
import { MAX_BYTES, type Part, parseUptime, readParts, reportGateway, reportStates } from "./appliance";
import type { Config } from "./config";
import { listOf, loose, yesOrNo } from "./loose";
import { type metrics, UPDATE_SECONDS } from "./metrics";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

const text = () =>
  z
    .string()
    .nullish()
    .catch("")
    .transform((value) => value ?? "");

/** Every answer of the REST API's package is wrapped so. */
const Envelope = z.looseObject({ code: z.coerce.number(), message: text(), data: z.unknown() });
const System = z.looseObject({
  uptime: text(),
  temp_c: loose(),
  cpu_usage: loose(),
  mem_usage: loose(),
  disk_usage: loose(),
});
const Gateways = listOf(
  z.looseObject({ name: z.string(), status: text(), delay: loose(), stddev: loose(), loss: loose() }),
);
const Interfaces = listOf(
  z.looseObject({
    ...{ name: text(), descr: text(), status: text(), inbytes: loose(), outbytes: loose() },
    ...{ inerrs: loose(), outerrs: loose() },
  }),
);
const Services = listOf(
  z.looseObject({
    id: z.union([z.string(), z.number()]).nullish(),
    name: text(),
    enabled: yesOrNo(),
    status: yesOrNo(),
  }),
);
const States = z.looseObject({ maximumstates: loose(), defaultmaximumstates: loose(), currentstates: loose() });
const Addresses = listOf(z.looseObject({ mode: text(), carp_status: text() }));
const Version = z.looseObject({ version: text(), patch: z.union([z.string(), z.number()]).nullish() });

/** pfSense, by the package pfSense-pkg-RESTAPI, version 2. */
export async function collectPfsense(context: Context, report: Reported): Promise<void> {
  const { url = "", apiKey, username = "", password = "", headers, tls } = context.config;
  const login: Record<string, string> =
    apiKey === undefined
      ? { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` }
      : { "x-api-key": apiKey };
  const api = openApi(context, {
    ...{ url, tls, maxBytes: MAX_BYTES, headers: { ...headers, ...login } },
    refusals: {
      401: { reason: "auth", hint: "Check the key, or the user and password: System, REST API, Keys." },
      403: { reason: "permission", hint: "Give the API's user the privileges of the plugin's page." },
      404: { reason: "not_found", hint: "Install the package pfSense-pkg-RESTAPI, version 2, on the firewall." },
    },
  });
  await readParts(context, report, [...network(context, api, report), ...machine(context, api, report)]);
}

async function ask<T>(api: HttpApi, schema: z.ZodType<T>, path: string): Promise<T> {
  const answer = await api.ask(`/api/v2${path}`);
  const { code, message, data } = parseAnswer(Envelope, answer);
  if (code !== 200) throw new CollectError("protocol", `${path} answered ${code}: ${message.slice(0, 200)}`);
  return parseAnswer(schema, { url: answer.url, body: JSON.stringify(data ?? null) });
}

function network({ config }: Context, api: HttpApi, report: Reported): Part[] {
  const { maxItems } = config;
  return [
    {
      title: "gateways",
      read: async () => {
        const gateways = await ask(api, Gateways, "/status/gateways");
        for (const { item, label } of labelItems(gateways.slice(0, maxItems), { name: byName, id: byName }))
          reportGateway(report, {
            name: label,
            up: !/down/.test(item.status),
            ...{ delayMs: item.delay, jitterMs: item.stddev, lossPercent: item.loss },
          });
      },
    },
    {
      title: "states",
      read: async () => {
        const { currentstates, maximumstates, defaultmaximumstates } = await ask(api, States, "/firewall/states/size");
        reportStates(report, currentstates, maximumstates || defaultmaximumstates);
        if (currentstates !== undefined) report("firewall_active", 1);
      },
    },
    {
      title: "interfaces",
      read: async () => {
        const interfaces = await ask(api, Interfaces, "/status/interfaces");
        report("firewall_chains_truncated", interfaces.length > maxItems ? 1 : 0);
        const named = { name: (one: (typeof interfaces)[number]) => one.descr || one.name, id: byName };
        for (const { item, label } of labelItems(interfaces.slice(0, maxItems), named))
          reportInterface(report, label, item);
      },
    },
    {
      title: "shared addresses",
      read: async () => {
        const shared = (await ask(api, Addresses, "/firewall/virtual_ips")).filter(({ mode }) => mode === "carp");
        if (shared.length > 0)
          report("firewall_carp_master", shared.every(({ carp_status }) => carp_status === "master") ? 1 : 0);
      },
    },
  ];
}

function reportInterface(report: Reported, name: string, seen: z.output<typeof Interfaces>[number]): void {
  const labels = { interface: name };
  if (seen.status !== "") report("firewall_interface_up", seen.status === "up" ? 1 : 0, labels);
  if (seen.inbytes !== undefined) report("firewall_interface_receive_bytes_total", seen.inbytes, labels);
  if (seen.outbytes !== undefined) report("firewall_interface_transmit_bytes_total", seen.outbytes, labels);
  const errors = [seen.inerrs, seen.outerrs].filter((count) => count !== undefined);
  if (errors.length > 0)
    report(
      "firewall_interface_errors_total",
      errors.reduce((sum, count) => sum + count, 0),
      labels,
    );
}

function machine({ config, memory }: Context, api: HttpApi, report: Reported): Part[] {
  const parts: Part[] = [
    {
      title: "system",
      read: async () => {
        const system = await ask(api, System, "/status/system");
        const uptime = parseUptime(system.uptime);
        if (uptime !== undefined) report("firewall_uptime_seconds", uptime);
        // The load by the processors' number, so it may be above 100.
        if (system.cpu_usage !== undefined) report("firewall_cpu_usage_ratio", Math.min(1, system.cpu_usage / 100));
        if (system.mem_usage !== undefined) report("firewall_memory_used_ratio", system.mem_usage / 100);
        if (system.disk_usage !== undefined)
          report("firewall_disk_used_ratio", system.disk_usage / 100, { mount: "/" });
        if (system.temp_c !== undefined) report("firewall_temperature_celsius", system.temp_c, { sensor: "system" });
      },
    },
    {
      title: "services",
      read: async () => {
        const services = await ask(api, Services, "/status/services");
        const wanted = services.filter(({ enabled }) => enabled !== false).slice(0, config.maxItems);
        const named = { name: byName, id: (one: (typeof services)[number]) => String(one.id ?? one.name) };
        for (const { item, label } of labelItems(wanted, named))
          if (item.status !== undefined) report("firewall_service_running", item.status ? 1 : 0, { service: label });
      },
    },
  ];
  if (memory.due("version", UPDATE_SECONDS))
    parts.push({
      title: "version",
      read: async () => {
        const { version } = await ask(api, Version, "/system/version");
        report("firewall_info", 1, { type: "pfsense", version: toLabel(version) });
      },
    });
  return parts;
}

const byName = ({ name }: { readonly name: string }) => name;
