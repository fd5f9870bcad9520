import { CollectError, toLabel } from "../sdk";
import { urlOf } from "./config";
import { openProxy } from "./open-proxy";
import type { ReadSource } from "./source";

/** The four lines of ngx_http_stub_status_module. */
const STATUS =
  /^Active connections:\s*(\d+)\s*\nserver accepts handled requests[^\n]*\n\s*(\d+)\s+(\d+)\s+(\d+)[^\n]*\nReading:\s*(\d+)\s+Writing:\s*(\d+)\s+Waiting:\s*(\d+)\s*$/;

/** nginx, by `stub_status`. It tells no status codes and no upstreams. */
export const readNginx: ReadSource = async (context, report) => {
  const url = urlOf(context.config);
  const api = openProxy(context, url, {
    403: { reason: "permission", hint: "Allow this machine in the location of stub_status: allow 192.168.1.10;" },
    404: { reason: "not_found", hint: "Add to nginx: location = /basic_status { stub_status; }" },
  });
  const answer = await api.ask("", { headers: { accept: "text/plain" } });
  const [, active, accepted, handled, requests, reading, writing, waiting] = (
    STATUS.exec(answer.body.replace(/\r\n/g, "\n").trim()) ?? []
  ).map(Number);
  if (active === undefined || accepted === undefined || handled === undefined || requests === undefined)
    throw new CollectError("parse", `${api.base} does not answer as stub_status does.`, {
      hint: "Give the address of the location with stub_status.",
    });
  const states = { active, reading, writing, waiting };
  for (const [state, connections] of Object.entries(states))
    if (connections !== undefined) report("reverse_proxy_connections", connections, { entrypoint: "all", state });
  report("reverse_proxy_connections_accepted_total", accepted);
  report("reverse_proxy_connections_handled_total", handled);
  report("reverse_proxy_requests_total", requests, { entrypoint: "all", code_class: "all" });
  const version = toLabel(/^(?:nginx|openresty|angie|freenginx)\/(\S+)/i.exec(answer.headers.server ?? "")?.[1] ?? "");
  report("reverse_proxy_info", 1, { type: "nginx", version });
  return { facts: { proxy: "nginx", ...(version === "" ? {} : { version }) } };
};
