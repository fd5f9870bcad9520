import { type Inventory, toLabel } from "../sdk";
import type { Named } from "./parse";
import type { ServerKind, StatusName, VariableName } from "./queries";
import type { Channel } from "./replication";
import type { Size } from "./sizes";
import { isInCluster } from "./status";

export function describeServer(found: {
  server: ServerKind & { readonly version: string };
  variables: Named<VariableName>;
  status: Named<StatusName>;
  databases: readonly Size[];
  channels: readonly Channel[];
}): Inventory {
  const { server, variables, status, databases, channels } = found;
  const fact = (name: string, text: string) => (text === "" ? {} : { [name]: toLabel(text) });
  const number = (name: string, value: number | undefined) => (value === undefined ? {} : { [name]: value });
  const inCluster = isInCluster({ variables });
  return {
    facts: {
      version: toLabel(server.version),
      flavour: server.flavour,
      ...fact("build", `${variables.text("version")} ${variables.text("version_comment")}`.trim()),
      ...fact("host", variables.text("hostname")),
      ...fact("readOnly", variables.text("read_only").toLowerCase()),
      ...fact("characterSet", variables.text("character_set_server")),
      ...fact("engine", variables.text("default_storage_engine")),
      ...number("bufferPoolBytes", variables.number("innodb_buffer_pool_size")),
      ...fact("binaryLog", variables.text("log_bin").toLowerCase()),
      ...fact("slowQueryLog", variables.text("slow_query_log").toLowerCase()),
      ...number("longQuerySeconds", variables.number("long_query_time")),
      ...(inCluster ? fact("galeraState", status.text("wsrep_local_state_comment")) : {}),
      ...(inCluster ? fact("galeraCluster", status.text("wsrep_cluster_status")) : {}),
    },
    lists: {
      databases: databases.map((entry) => ({ ...entry })),
      ...(channels.length === 0 ? {} : { channels: channels.map(describeChannel) }),
    },
  };
}

const describeChannel = ({ lagSeconds, problem, ...rest }: Channel) => ({
  ...rest,
  lagSeconds: lagSeconds ?? null,
  problem: problem || null,
});
