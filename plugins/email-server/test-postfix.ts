import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../../scripts/services/service";
import type { Running } from "../../scripts/services/start-process";

export interface Postfix {
  readonly port: number;
  /** Folder of main.cf. */
  readonly configuration: string;
  readonly log: string;
  readonly running: Running;
  /** Hands in a message as a user of the machine would. */
  send(to: string): Promise<void>;
}

/** Itself, because its start script puts it into a session of its own, where no test would end it. */
const MASTER_PROGRAM = "/usr/lib/postfix/sbin/master";
/** Daemons of a Postfix that delivers over SMTP and LMTP; all without chroot. */
const SERVICES = `pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
`;

/** A whole Postfix below the service's folder, on loopback. @param more lines of main.cf */
export async function startPostfix(service: Service, more: Readonly<Record<string, string>>): Promise<Postfix> {
  const port = await service.port();
  const at = (name: string) => join(service.folder, name);
  for (const name of ["pf", "spool", "data"]) mkdirSync(at(name));
  await service.run("chown", ["postfix", at("data")]);
  const settings = {
    compatibility_level: "3.6",
    queue_directory: at("spool"),
    data_directory: at("data"),
    myhostname: "mx.lab.test",
    mydestination: "",
    inet_interfaces: "127.0.0.1",
    inet_protocols: "ipv4",
    mynetworks: "127.0.0.0/8",
    alias_maps: "",
    maillog_file: at("mail.log"),
    maillog_file_prefixes: service.folder,
    smtpd_relay_restrictions: "permit_mynetworks, reject",
    smtpd_recipient_restrictions: "reject_unauth_pipelining",
    ...more,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
  writeFileSync(join(at("pf"), "main.cf"), lines.join(""));
  writeFileSync(join(at("pf"), "master.cf"), `127.0.0.1:${port} inet n - n - - smtpd\n${SERVICES}`);
  chmodSync(at("pf"), 0o755);
  await service.run("postfix", ["-c", at("pf"), "check"]); // makes the folders of its queue
  const running = await service.start(MASTER_PROGRAM, ["-c", at("pf"), "-d"], {
    port,
    // It opens that port before the sockets of its other services; this is the last that it does.
    ready: () => existsSync(at("mail.log")) && readFileSync(at("mail.log"), "utf8").includes("daemon started"),
  });
  return {
    port,
    configuration: at("pf"),
    log: at("mail.log"),
    running,
    send: async (to) => {
      const input = "Subject: test\n\nhello\n";
      await service.run("sendmail", ["-C", at("pf"), "-f", "root@lab.test", to], { input });
    },
  };
}
