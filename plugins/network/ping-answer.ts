/** Where a probe goes. Without a port it is pinged. */
export interface Target {
  readonly host: string;
  readonly port?: number;
  /** From this machine's own routes, where a link-local address is as good as any. */
  readonly isGateway?: boolean;
}

const HOST = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/;
const IPV6 = /^[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9_.-]{1,15})?$/;

/** Reads `host`, `host:port`, `2001:db8::1` or `[2001:db8::1]:443`. What could be taken for an option of ping is refused. */
export function parseTarget(text: string): Target | undefined {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text);
  if (bracketed) return IPV6.test(bracketed[1] ?? "") ? withPort(bracketed[1] ?? "", bracketed[2]) : undefined;
  if (text.split(":").length > 2) return IPV6.test(text) ? { host: text } : undefined;
  const [host = "", port] = text.split(":");
  return HOST.test(host) ? withPort(host, port) : undefined;
}

function withPort(host: string, port: string | undefined): Target | undefined {
  if (port === undefined) return { host };
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  return number >= 1 && number <= 65_535 ? { host, port: number } : undefined;
}

export interface PingAnswer {
  readonly lossRatio: number;
  readonly durationSeconds: number | undefined;
}

/** Reads the closing statistics of `ping -q` (iputils, inetutils, BusyBox). Undefined when it never got to send. */
export function parsePing(stdout: string): PingAnswer | undefined {
  const counts = /(\d+) packets transmitted, (\d+) (?:packets )?received/.exec(stdout);
  const sent = Number(counts?.[1] ?? 0);
  if (sent === 0) return undefined;
  // Duplicates make more answers than questions.
  const received = Math.min(sent, Number(counts?.[2]));
  const mean = Number(/min\/avg\/max[^=\n]*= *[\d.]+\/([\d.]+)\//.exec(stdout)?.[1]);
  return {
    lossRatio: 1 - received / sent,
    durationSeconds: received > 0 && Number.isFinite(mean) ? mean / 1_000 : undefined,
  };
}
