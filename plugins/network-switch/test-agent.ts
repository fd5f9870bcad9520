import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../../scripts/services/service";

/** Of a port that a test may change with snmpset. */
export const PORT = { name: "GigabitEthernet1/0/7", index: 1007 } as const;

/** snmpd pretends to be a switch: rows it has no hardware for are written into its configuration. */
const SWITCH = `
rocommunity public
rwcommunity change-me
sysName lab-switch
sysLocation rack 7
override .1.3.6.1.2.1.1.1.0 octet_str "TestSwitch 24p PoE"
override .1.3.6.1.2.1.105.1.3.1.1.2.1 uinteger 370
override -rw .1.3.6.1.2.1.105.1.3.1.1.4.1 uinteger 45
override .1.3.6.1.2.1.99.1.1.1.1.1 integer 8
override .1.3.6.1.2.1.99.1.1.1.2.1 integer 9
override .1.3.6.1.2.1.99.1.1.1.3.1 integer 1
override -rw .1.3.6.1.2.1.99.1.1.1.4.1 integer 412
override .1.3.6.1.2.1.99.1.1.1.5.1 integer 1
override .1.3.6.1.2.1.47.1.1.1.1.7.1 octet_str "Chassis"
override .1.3.6.1.2.1.2.2.1.2.${PORT.index} octet_str "${PORT.name}"
override .1.3.6.1.2.1.2.2.1.7.${PORT.index} integer 1
override -rw .1.3.6.1.2.1.2.2.1.8.${PORT.index} integer 1
override .1.3.6.1.2.1.2.2.1.10.${PORT.index} counter 123456789
createUser unity SHA "authpass123" AES "privpass123"
rouser unity priv
createUser strong SHA-512 "authpass123" AES-256 "privpass123"
rouser strong priv
createUser signed MD5 "authpass123"
rouser signed auth
createUser open
rouser open noauth
`;

/** Starts snmpd. @param listen as its agentAddress @param wrap a program that starts it, with arguments */
export async function startAgent(service: Service, listen: string, wrap: readonly string[] = []) {
  const conf = join(service.folder, "snmpd.conf");
  writeFileSync(conf, `agentAddress ${listen}\n${SWITCH}`);
  // Without -I -smux it would listen on TCP 199 of every address as well.
  const [program = "", ...args] = [...wrap, "snmpd", "-f", "-Lo", "-I", "-smux", "-C", "-c", conf];
  const agent = await service.start(program, args, {
    ready: /NET-SNMP version/,
    env: { SNMP_PERSISTENT_DIR: join(service.folder, "state"), MIBS: "" },
  });
  service.version(`snmpd ${/NET-SNMP version (\S+)/.exec(agent.output())?.[1] ?? ""}`);
  return agent;
}

/** Changes an object, as an administrator would. @param type of snmpset: i integer, u unsigned */
export async function setObject(service: Service, port: number, oid: string, type: "i" | "u", value: number) {
  const args = ["-v2c", "-c", "change-me", "-m", "", `127.0.0.1:${port}`, oid, type, String(value)];
  await service.run("snmpset", args);
}
